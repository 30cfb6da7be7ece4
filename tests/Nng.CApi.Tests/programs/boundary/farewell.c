// What a program has sent leaves before it closes, or ends (C sheet 3.10): floods of small messages, which are gathered, and
// long ones. The senders are processes of their own.
#include "../check.h"

#include <sys/wait.h>

#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>

static const char *ways[] = { "close", "dialer", "pipe", "fini", "exit", "return" };

static nng_pipe pipe_of_child;

static void
on_pipe(nng_pipe p, nng_pipe_ev event, void *arg)
{
	(void) event;
	(void) arg;
	pipe_of_child = p;
}

// The child: sends, and goes at once.
static int
send_and_go(const char *url, int count, size_t size, const char *way)
{
	nng_socket s;
	nng_dialer d;
	char *     bytes = calloc(1, size);

	MUST(nng_push0_open(&s) == 0 && nng_pipe_notify(s, NNG_PIPE_EV_ADD_PRE, on_pipe, NULL) == 0);
	MUST(nng_dial(s, url, &d, 0) == 0);
	for (int i = 0; i < count; i++) {
		MUST(nng_send(s, bytes, size, 0) == 0);
	}
	if (strcmp(way, "close") == 0) {
		MUST(nng_close(s) == 0);
	} else if (strcmp(way, "dialer") == 0) {
		MUST(nng_dialer_close(d) == 0);
	} else if (strcmp(way, "pipe") == 0) {
		MUST(nng_pipe_close(pipe_of_child) == 0);
		// The rest of the process is quiet.
		MUST(nng_close(s) == 0);
	} else if (strcmp(way, "fini") == 0) {
		nng_fini();
	} else if (strcmp(way, "exit") == 0) {
		exit(0);
	}
	return 0;
}

static int
received_from(nng_socket s, const char *program, const char *url, int count, int size, const char *way)
{
	char    texts[2][16];
	pid_t   child;
	int     status, got = 0;
	nng_msg *m;

	snprintf(texts[0], sizeof(texts[0]), "%d", count);
	snprintf(texts[1], sizeof(texts[1]), "%d", size);
	if ((child = vfork()) == 0) {
		execl(program, program, url, texts[0], texts[1], way, NULL);
		_exit(9);
	}
	MUST(child > 0);
	while (got < count && nng_recvmsg(s, &m, 0) == 0) {
		MUST(nng_msg_len(m) == (size_t) size);
		nng_msg_free(m);
		got++;
	}
	MUST(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return got;
}

static void
on_entry(nng_pipe p, nng_pipe_ev event, void *arg)
{
	(void) p;
	(void) event;
	__atomic_add_fetch((int *) arg, 1, __ATOMIC_SEQ_CST);
}

// A server that closes, on ipc, tells its client so first. The client dials again at once and repeats its request, which must
// not reach the server any more: true when it did not.
static bool
is_alone_at_the_end(void)
{
	nng_socket  server, client;
	const char *url = scratch("ipc");
	nng_msg *   m;
	nng_aio *   pending;
	int         entries = 0;

	MUST(nng_rep0_open(&server) == 0 && nng_req0_open(&client) == 0 && nng_aio_alloc(&pending, NULL, NULL) == 0);
	MUST(nng_pipe_notify(server, NNG_PIPE_EV_ADD_PRE, on_entry, &entries) == 0);
	MUST(nng_socket_set_ms(client, NNG_OPT_RECONNMINT, 1) == 0);
	MUST(nng_listen(server, url, NULL, 0) == 0 && nng_dial(client, url, NULL, 0) == 0);
	MUST(nng_send(client, "one", 4, 0) == 0 && nng_recvmsg(server, &m, 0) == 0 && nng_sendmsg(server, m, 0) == 0);
	MUST(nng_recvmsg(client, &m, 0) == 0);
	nng_msg_free(m);
	MUST(nng_send(client, "two", 4, 0) == 0 && nng_recvmsg(server, &m, 0) == 0);
	nng_msg_free(m);
	nng_recv_aio(server, pending);
	MUST(nng_close(server) == 0);
	nng_aio_wait(pending);
	bool alone = nng_aio_result(pending) == NNG_ECLOSED && entries == 1;
	nng_aio_free(pending);
	MUST(nng_close(client) == 0);
	return alone;
}

// The close of a pipe only begins there: peers that read nothing are dropped one after the other, in a moment.
static bool
drops_stalled_peers(void)
{
	enum { PEERS = 10, LENGTH = 100000 };
	nng_socket pushes[PEERS], pulls[PEERS];
	nng_pipe   pipes[PEERS];
	char *     bytes = calloc(1, LENGTH);

	for (int i = 0; i < PEERS; i++) {
		MUST(nng_push0_open(&pushes[i]) == 0 && nng_pull0_open(&pulls[i]) == 0);
		MUST(nng_pipe_notify(pushes[i], NNG_PIPE_EV_ADD_PRE, on_pipe, NULL) == 0);
		MUST(nng_socket_set_ms(pushes[i], NNG_OPT_SENDTIMEO, 50) == 0);
		MUST(nng_dial(pushes[i], listen_tcp(pulls[i]), NULL, 0) == 0);
		while (nng_send(pushes[i], bytes, LENGTH, 0) == 0) {
		}
		pipes[i] = pipe_of_child;
	}
	nng_time start = nng_clock();
	for (int i = 0; i < PEERS; i++) {
		MUST(nng_pipe_close(pipes[i]) == 0);
	}
	nng_time end = nng_clock();
	for (int i = 0; i < PEERS; i++) {
		MUST(nng_close(pushes[i]) == 0 && nng_close(pulls[i]) == 0);
	}
	free(bytes);
	return end - start < 1500;
}

int
main(int argc, char **argv)
{
	nng_socket s;

	if (argc == 5) {
		return send_and_go(argv[1], atoi(argv[2]), (size_t) atoi(argv[3]), argv[4]);
	}
	MUST(nng_pull0_open(&s) == 0);
	MUST(nng_socket_set_ms(s, NNG_OPT_RECVTIMEO, 20000) == 0);
	const char *tcp = listen_tcp(s);
	const char *ipc = scratch("ipc");
	MUST(nng_listen(s, ipc, NULL, 0) == 0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		printf("%s: tcp %d, ipc %d, long %d\n", ways[i], received_from(s, argv[0], tcp, 1000, 10, ways[i]),
		    received_from(s, argv[0], ipc, 1000, 10, ways[i]), received_from(s, argv[0], tcp, 8, 100000, ways[i]));
	}
	int alone = 0;
	for (int i = 0; i < 200; i++) {
		alone += is_alone_at_the_end();
	}
	printf("%d of 200 servers let nobody in while they closed\n", alone);
	printf("peers that read nothing are dropped in a moment: %d\n", drops_stalled_peers());
	return 0;
}
