// SP sockets for a browser: Sub, Req and Pair over WebSocket. No dependencies, no build step.
//
// A socket dials one listener. The WebSocket subprotocol names the listener's pattern, and one SP message is one binary
// frame: the pattern's header, then the body. Bodies are Uint8Array; text() and bytes() turn them into strings and back.
// A lost connection is dialled again, after 100 ms at first and 5 s at most, until close().

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;

export const bytes = string => new TextEncoder().encode(string);
export const text = body => new TextDecoder().decode(body);

/** What the patterns share. onopen and onclose tell when there is a connection and when it is gone. */
class SpSocket {
  onopen = () => {};
  onclose = () => {};
  #url;
  #subprotocol;
  #socket = null;
  #retryMs = FIRST_RETRY_MS;
  #timer = 0;
  #isClosed = false;

  /** url: a path of the page's own server ("/news"), or ws://... or wss://... */
  constructor(url, subprotocol) {
    this.#url = new URL(url, location.href);
    this.#url.protocol = this.#url.protocol.replace('http', 'ws');
    this.#subprotocol = subprotocol;
    this.#dial();
  }

  get isOpen() { return this.#socket.readyState === WebSocket.OPEN; }

  /** Ends the connection for good. */
  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket.close();
  }

  #dial() {
    const socket = new WebSocket(this.#url, this.#subprotocol);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => { this._opened(); this.onopen(); };
    socket.onmessage = event => {
      // Not before: a listener may take a connection only to turn it away.
      this.#retryMs = FIRST_RETRY_MS;
      this._received(new Uint8Array(event.data));
    };
    socket.onclose = () => {
      if (!this.#isClosed) this.#timer = setTimeout(() => this.#dial(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
      this.onclose();
    };
    this.#socket = socket;
  }

  _opened() {}

  _send(frame) { this.#socket.send(frame); }
}

/** Receives what a pub socket publishes and the topics ask for; without a topic, nothing. Topics are beginnings of bodies. */
export class Sub extends SpSocket {
  onmessage = body => {};
  #topics = [];

  constructor(url) { super(url, 'pub.sp.nanomsg.org'); }

  /** topic: a string; the empty one is for everything. */
  subscribe(topic) { this.#topics.push(bytes(topic)); }

  unsubscribe(topic) { this.#topics = this.#topics.filter(known => text(known) !== topic); }

  // A publisher sends everything; the subscriber chooses.
  _received(body) {
    if (this.#topics.some(topic => topic.every((byte, i) => body[i] === byte))) this.onmessage(body);
  }
}

/** Asks a rep socket. Requests may be under way together; those without a reply are asked again on a new connection. */
export class Req extends SpSocket {
  #nextId = crypto.getRandomValues(new Uint32Array(1))[0];
  #waiting = new Map();

  constructor(url) { super(url, 'rep.sp.nanomsg.org'); }

  /** The reply's body; rejects after timeoutMs. */
  request(body, timeoutMs = 60000) {
    // The header: an id, big-endian, whose high bit says that the header ends with it.
    const id = (this.#nextId++ | 0x80000000) >>> 0;
    const frame = new Uint8Array(4 + body.length);
    new DataView(frame.buffer).setUint32(0, id);
    frame.set(body, 4);
    return new Promise((resolve, reject) => {
      const done = settle => value => { clearTimeout(timer); this.#waiting.delete(id); settle(value); };
      const timer = setTimeout(() => done(reject)(new Error('no reply in time')), timeoutMs);
      this.#waiting.set(id, { frame, reply: done(resolve), fail: done(reject) });
      if (this.isOpen) this._send(frame);
    });
  }

  close() {
    super.close();
    for (const { fail } of [...this.#waiting.values()]) fail(new Error('closed'));
  }

  _opened() {
    for (const { frame } of this.#waiting.values()) this._send(frame);
  }

  // A reply has its request's header; one for a request that has been given up is dropped.
  _received(frame) {
    if (frame.length < 4) return;
    this.#waiting.get(new DataView(frame.buffer).getUint32(0))?.reply(frame.subarray(4));
  }
}

/** Talks with one pair socket (version 0, which has no header); a listener that has a peer turns others away. */
export class Pair extends SpSocket {
  onmessage = body => {};

  constructor(url) { super(url, 'pair.sp.nanomsg.org'); }

  /** Sends now; false, and nothing sent, while there is no connection. */
  send(body) {
    if (this.isOpen) this._send(body);
    return this.isOpen;
  }

  _received(body) { this.onmessage(body); }
}
