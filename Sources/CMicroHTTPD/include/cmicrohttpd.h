// libmicrohttpd, loaded when it is first asked for: only `cupel serve` ever needs it.
//
// One function takes a whole request and answers it, on a thread of the connection's own, so that it may wait. Sizes,
// connections and times are bounded here; nothing of the library's own types leaves this file.
#ifndef CUPEL_CMICROHTTPD_H
#define CUPEL_CMICROHTTPD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Loads libmicrohttpd, once in a process, whichever thread asks. Returns NULL when everything below may be called, else
// why not: a text that lives as long as the process.
const char *chttpd_load(void);

typedef struct chttpd chttpd;
typedef struct chttpd_exchange chttpd_exchange;

// Answers a request by chttpd_answer, once, before it returns. Threads of several connections call it at once.
typedef void (*chttpd_handler)(void *context, chttpd_exchange *exchange);

struct chttpd_limits {
  unsigned int connections;      // at once
  unsigned int connections_each; // from one address
  unsigned int idle_seconds;     // without a byte
  size_t body_bytes;             // of a body that is kept
  size_t stack_bytes;            // of the thread of a connection
};

// Listens on a numeric address. Returns NULL and writes why not into the problem.
chttpd *chttpd_start(
    const char *host, uint16_t port, struct chttpd_limits limits, chttpd_handler handler, void *context, char *problem,
    size_t problem_size);
// The port that it listens on.
uint16_t chttpd_port(const chttpd *server);
// Stops listening, waits for the handlers that still answer, and frees the server.
void chttpd_stop(chttpd *server);

// What was asked; texts live as long as the exchange.
const char *chttpd_method(const chttpd_exchange *exchange);
const char *chttpd_path(const chttpd_exchange *exchange);
const char *chttpd_header(const chttpd_exchange *exchange, const char *name);
// Every argument of the query, in its order; one that is there twice comes twice.
typedef void (*chttpd_visitor)(void *context, const char *name, const char *value);
void chttpd_each_argument(const chttpd_exchange *exchange, chttpd_visitor visitor, void *context);
const char *chttpd_body(const chttpd_exchange *exchange, size_t *size);
int chttpd_body_is_too_large(const chttpd_exchange *exchange);

// The answer, which is copied. Names and values of further headers alternate and end with NULL.
void chttpd_answer(
    chttpd_exchange *exchange, unsigned int status, const char *body, size_t size, const char *const *headers);

#ifdef __cplusplus
}
#endif

#endif
