-- Sends 16 requests at a time: wrk counts the answers.
local depth = 16

function init(args)
  local one = wrk.format()
  all = string.rep(one, depth)
end

function request()
  return all
end
