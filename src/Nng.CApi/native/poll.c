// Descriptors that applications poll: a pipe that holds one byte while a level is set.
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int
nngs_pipe_open(int ends[2])
{
	return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
}

void
nngs_pipe_raise(int end)
{
	ssize_t n;
	do {
		n = write(end, "", 1);
	} while (n < 0 && errno == EINTR);
}

void
nngs_pipe_lower(int end)
{
	char    byte[16];
	ssize_t n;
	do {
		n = read(end, byte, sizeof(byte));
	} while (n > 0 || (n < 0 && errno == EINTR));
}

void
nngs_pipe_close(int read_end, int write_end)
{
	close(read_end);
	close(write_end);
}
