// Messages as buffers.
#include "nanomsg.h"

void *
nns_buffer_of(nng_msg *m)
{
	char *buffer;

	if (nng_msg_insert(m, &m, PREFIX) != 0) {
		return NULL;
	}
	buffer = (char *) nng_msg_body(m) + PREFIX;
	nng_msg_trim(m, PREFIX);
	return buffer;
}

EXPORT void *
nn_allocmsg(size_t size, int type)
{
	nng_msg *m;
	void *   buffer;

	if (type != 0 || (size < 1 && !IS_OLDER) || size + PREFIX < size) {
		errno = EINVAL;
		return NULL;
	}
	if (nng_msg_alloc(&m, size) != 0) {
		errno = ENOMEM;
		return NULL;
	}
	if ((buffer = nns_buffer_of(m)) == NULL) {
		nng_msg_free(m);
		errno = ENOMEM;
	}
	return buffer;
}

EXPORT void *
nn_reallocmsg(void *buffer, size_t size)
{
	nng_msg *m;
	size_t   before;

	if (buffer == NULL) {
		return nn_allocmsg(size, 0);
	}
	if (size + PREFIX < size) {
		errno = EINVAL;
		return NULL;
	}
	m      = message_of(buffer);
	before = nng_msg_len(m);
	if (nng_msg_realloc(m, size) != 0) {
		errno = ENOMEM;
		return NULL;
	}
	if (size <= before) {
		return buffer;
	}
	if ((buffer = nns_buffer_of(m)) == NULL) {
		errno = ENOMEM;
	}
	return buffer;
}

EXPORT int
nn_freemsg(void *buffer)
{
	if (buffer != NULL) {
		nng_msg_free(message_of(buffer));
	}
	return 0;
}
