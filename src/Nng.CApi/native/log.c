// Logging: the filter and the loggers are C, so that applications can format, install and call them.
#include "shim.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

EXPORT void
nng_null_logger(nng_log_level level, nng_log_facility facility, const char *id, const char *text)
{
	(void) level;
	(void) facility;
	(void) id;
	(void) text;
}

static nng_log_level    filter           = NNG_LOG_NOTICE;
static nng_log_facility default_facility = NNG_LOG_USER;
static nng_logger       current          = nng_null_logger;

EXPORT void
nng_log_set_facility(nng_log_facility facility)
{
	default_facility = facility;
}

EXPORT void
nng_log_set_level(nng_log_level level)
{
	filter = level;
}

EXPORT nng_log_level
nng_log_get_level(void)
{
	return filter;
}

EXPORT void
nng_log_set_logger(nng_logger logger)
{
	current = logger == NULL ? nng_null_logger : logger;
}

// For the managed half: whether an event of this level goes anywhere, and the event itself.
int
nngs_log_wants(int level)
{
	return current != nng_null_logger && filter != NNG_LOG_NONE && level <= (int) filter;
}

void
nngs_log(int level, const char *id, const char *text)
{
	if (nngs_log_wants(level) && default_facility != 0) {
		current((nng_log_level) level, default_facility, id, text);
	}
}

static void
log_formatted(nng_log_level level, nng_log_facility facility, const char *id, const char *format, va_list args)
{
	char text[512];

	if (level > filter || filter == NNG_LOG_NONE || facility == 0 || format == NULL) {
		return;
	}
	vsnprintf(text, sizeof(text), format, args);
	current(level, facility, id, text);
}

#define LOG(name, level)                                                       \
	EXPORT void name(const char *id, const char *format, ...)              \
	{                                                                      \
		va_list args;                                                  \
		va_start(args, format);                                        \
		log_formatted(level, default_facility, id, format, args);      \
		va_end(args);                                                  \
	}

LOG(nng_log_err, NNG_LOG_ERR)
LOG(nng_log_warn, NNG_LOG_WARN)
LOG(nng_log_notice, NNG_LOG_NOTICE)
LOG(nng_log_info, NNG_LOG_INFO)
LOG(nng_log_debug, NNG_LOG_DEBUG)

EXPORT void
nng_log_auth(nng_log_level level, const char *id, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	log_formatted(level, NNG_LOG_AUTH, id, format, args);
	va_end(args);
}

static bool
wants_colour(void)
{
	const char *term = getenv("TERM");
	return isatty(STDERR_FILENO) && term != NULL && term[0] != '\0' && getenv("NNG_LOG_NO_COLOR") == NULL
	    && getenv("NO_COLOR") == NULL;
}

static void
print_line(nng_log_level level, const struct tm *when, int ms, const char *id, const char *text)
{
	const char *name   = "NONE";
	const char *colour = "";
	size_t      length = strlen(text);
	bool        coloured;

	switch (level) {
	case NNG_LOG_ERR:
		name   = "ERROR";
		colour = "\033[31m";
		break;
	case NNG_LOG_WARN:
		name   = "WARN";
		colour = "\033[33m";
		break;
	case NNG_LOG_NOTICE:
		name   = "NOTICE";
		colour = "\033[1m";
		break;
	case NNG_LOG_INFO:
		name = "INFO";
		break;
	case NNG_LOG_DEBUG:
		name   = "DEBUG";
		colour = "\033[36m";
		break;
	default:
		break;
	}
	coloured = colour[0] != '\0' && wants_colour();
	fprintf(stderr, "%s[%-6s]: %02d:%02d:%02d.%03d: %s%s%s%s%s", coloured ? colour : "", name, when->tm_hour,
	    when->tm_min, when->tm_sec, ms, id == NULL ? "" : id, id == NULL ? "" : ": ", text,
	    coloured ? "\033[0m" : "", length > 0 && text[length - 1] == '\n' ? "" : "\n");
}

EXPORT void
nng_stderr_logger(nng_log_level level, nng_log_facility facility, const char *id, const char *text)
{
	static int      last_day  = -1;
	static int      last_year = -1;
	struct timespec now;
	struct tm       when;
	char            date[64];

	(void) facility;
	if (text == NULL) {
		return;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &when);
	if (when.tm_yday != last_day || when.tm_year != last_year) {
		last_day  = when.tm_yday;
		last_year = when.tm_year;
		strftime(date, sizeof(date), "Date changed to %Y-%m-%d, TZ is %z", &when);
		print_line(NNG_LOG_DEBUG, &when, (int) (now.tv_nsec / 1000000), "NNG-DATE", date);
	}
	print_line(level, &when, (int) (now.tv_nsec / 1000000), id, text);
}

EXPORT void
nng_system_logger(nng_log_level level, nng_log_facility facility, const char *id, const char *text)
{
	// Our numbers are syslog's: severities as they are, facilities shifted.
	int priority = (int) level | ((int) facility << 3);

	if (text == NULL) {
		return;
	}
	if (id == NULL) {
		syslog(priority, "%s", text);
	} else {
		syslog(priority, "%s: %s", id, text);
	}
}
