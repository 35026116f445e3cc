#include "cmicrohttpd.h"

#include <arpa/inet.h>
#include <cloading.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

// The functions of libmicrohttpd that are used, once in all.
#define EACH_FUNCTION(use)                                                                                   \
  use(MHD_start_daemon) use(MHD_stop_daemon) use(MHD_get_daemon_info) use(MHD_lookup_connection_value)      \
  use(MHD_get_connection_values) use(MHD_create_response_from_buffer) use(MHD_add_response_header) use(MHD_queue_response)                 \
  use(MHD_destroy_response)

CLOADING_TABLE(EACH_FUNCTION)

static const char *problem = NULL;

static void load(void) {
  static const char *const libraries[] = {"libmicrohttpd.so.12"};
  static char text[512];
  if (!cloading_load(libraries, 1, functions, sizeof functions / sizeof *functions, &lib, text, sizeof text))
    problem = text;
}

const char *chttpd_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return problem;
}

// How long a stop waits for answers on their way to peers that read slowly.
#define STOP_SECONDS 5

struct chttpd {
  struct MHD_Daemon *daemon;
  struct chttpd_limits limits;
  chttpd_handler handler;
  void *context;
  // How many requests are being answered, so that a stop can wait for the last byte of each.
  pthread_mutex_t lock;
  pthread_cond_t idle;
  unsigned int active;
};

static void count(chttpd *server, int change) {
  pthread_mutex_lock(&server->lock);
  server->active += change;
  if (server->active == 0) pthread_cond_broadcast(&server->idle);
  pthread_mutex_unlock(&server->lock);
}

// One request, from its head to the end of its answer.
struct chttpd_exchange {
  struct MHD_Connection *connection;
  const char *method;
  const char *path;
  char *body;
  size_t size;
  int is_too_large;
  // How much of the body has come, kept or not.
  size_t taken;
  struct MHD_Response *response;
  unsigned int status;
};

static void take(chttpd_exchange *exchange, const char *data, size_t size, size_t limit) {
  exchange->taken += size;
  if (exchange->is_too_large) return;
  if (size > limit - exchange->size) {
    exchange->is_too_large = 1;
    return;
  }
  char *longer = realloc(exchange->body, exchange->size + size + 1);
  if (longer == NULL) {
    exchange->is_too_large = 1;
    return;
  }
  memcpy(longer + exchange->size, data, size);
  exchange->body = longer;
  exchange->size += size;
}

// A body that is too large is read to its end before the answer, so that the answer is not lost in a reset; one that is
// so many times too large is not.
#define READ_TIMES 16

struct lengths {
  unsigned int count;
  unsigned int encodings;
  unsigned long long longest;
};

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  struct lengths *lengths = context;
  if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0) lengths->encodings += 1;
  if (strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) != 0) return MHD_YES;
  lengths->count += 1;
  unsigned long long length = value != NULL ? strtoull(value, NULL, 10) : 0;
  if (length > lengths->longest) lengths->longest = length;
  return MHD_YES;
}

// What a head alone is answered with; 0 when the rest of the request is wanted. Two lengths may mean two things to the
// next one in line (RFC 9112, 6.3).
static unsigned int refusal(struct MHD_Connection *connection, size_t limit) {
  struct lengths lengths = {0, 0, 0};
  lib.MHD_get_connection_values(connection, MHD_HEADER_KIND, on_header, &lengths);
  if (lengths.count + lengths.encodings > 1) return MHD_HTTP_BAD_REQUEST;
  return lengths.longest / READ_TIMES > limit ? MHD_HTTP_CONTENT_TOO_LARGE : 0;
}

// The answer to a head: the connection ends with it.
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned int status) {
  struct MHD_Response *response = lib.MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  if (response == NULL) return MHD_NO;
  lib.MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
  enum MHD_Result result = lib.MHD_queue_response(connection, status, response);
  lib.MHD_destroy_response(response);
  return result;
}

// Called for the head of a request, for each part of its body, and when all of it is there.
static enum MHD_Result on_access(
    void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *data, size_t *size, void **state) {
  (void)version;
  chttpd *server = context;
  chttpd_exchange *exchange = *state;
  if (exchange == NULL) {
    exchange = calloc(1, sizeof *exchange);
    if (exchange == NULL) return MHD_NO;
    exchange->connection = connection;
    *state = exchange;
    count(server, 1);
    unsigned int status = refusal(connection, server->limits.body_bytes);
    return status == 0 ? MHD_YES : refuse(connection, status);
  }
  if (*size > 0) {
    take(exchange, data, *size, server->limits.body_bytes);
    *size = 0;
    return exchange->taken / READ_TIMES > server->limits.body_bytes ? MHD_NO : MHD_YES;
  }
  exchange->method = method;
  exchange->path = url;
  server->handler(server->context, exchange);
  if (exchange->response == NULL) return MHD_NO;
  enum MHD_Result result = lib.MHD_queue_response(connection, exchange->status, exchange->response);
  lib.MHD_destroy_response(exchange->response);
  exchange->response = NULL;
  return result;
}

static void on_completed(
    void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
  (void)connection, (void)code;
  chttpd_exchange *exchange = *state;
  if (exchange == NULL) return;
  if (exchange->response != NULL) lib.MHD_destroy_response(exchange->response);
  free(exchange->body);
  free(exchange);
  *state = NULL;
  count(context, -1);
}

chttpd *chttpd_start(
    const char *host, uint16_t port, struct chttpd_limits limits, chttpd_handler handler, void *context, char *why,
    size_t why_size) {
  char service[8];
  snprintf(service, sizeof service, "%u", (unsigned)port);
  struct addrinfo hints = {
      .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
  struct addrinfo *found = NULL;
  int code = getaddrinfo(host, service, &hints, &found);
  if (code != 0) {
    snprintf(why, why_size, "%s is no address of this machine: %s", host, gai_strerror(code));
    return NULL;
  }
  chttpd *server = calloc(1, sizeof *server);
  if (server == NULL) {
    freeaddrinfo(found);
    snprintf(why, why_size, "out of memory");
    return NULL;
  }
  server->limits = limits;
  server->handler = handler;
  server->context = context;
  pthread_mutex_init(&server->lock, NULL);
  pthread_cond_init(&server->idle, NULL);
  // Without the last one, connections that have ended keep their places until another one comes.
  unsigned int flags =
      MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC;
  if (found->ai_family == AF_INET6) flags |= MHD_USE_IPv6;
  errno = 0;
  server->daemon = lib.MHD_start_daemon(
      flags, port, NULL, NULL, on_access, server,                            //
      MHD_OPTION_SOCK_ADDR, found->ai_addr,                                  //
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,                     //
      MHD_OPTION_CONNECTION_LIMIT, limits.connections,                       //
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.connections_each,           //
      MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,                    //
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(32 << 10),                //
      MHD_OPTION_THREAD_STACK_SIZE, limits.stack_bytes, MHD_OPTION_END);
  int error = errno;
  freeaddrinfo(found);
  if (server->daemon != NULL) return server;
  free(server);
  snprintf(why, why_size, "cannot listen on %s port %s: %s", host, service, error != 0 ? strerror(error) : "refused");
  return NULL;
}

uint16_t chttpd_port(const chttpd *server) {
  const union MHD_DaemonInfo *info = lib.MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

void chttpd_stop(chttpd *server) {
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += STOP_SECONDS;
  pthread_mutex_lock(&server->lock);
  while (server->active > 0 && pthread_cond_timedwait(&server->idle, &server->lock, &end) == 0) {
  }
  pthread_mutex_unlock(&server->lock);
  lib.MHD_stop_daemon(server->daemon);
  free(server);
}

const char *chttpd_method(const chttpd_exchange *exchange) { return exchange->method; }
const char *chttpd_path(const chttpd_exchange *exchange) { return exchange->path; }

const char *chttpd_header(const chttpd_exchange *exchange, const char *name) {
  return lib.MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

struct visit {
  chttpd_visitor visitor;
  void *context;
};

static enum MHD_Result on_argument(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  const struct visit *visit = context;
  visit->visitor(visit->context, name, value != NULL ? value : "");
  return MHD_YES;
}

void chttpd_each_argument(const chttpd_exchange *exchange, chttpd_visitor visitor, void *context) {
  struct visit visit = {visitor, context};
  lib.MHD_get_connection_values(exchange->connection, MHD_GET_ARGUMENT_KIND, on_argument, &visit);
}

const char *chttpd_body(const chttpd_exchange *exchange, size_t *size) {
  *size = exchange->size;
  return exchange->body;
}

int chttpd_body_is_too_large(const chttpd_exchange *exchange) { return exchange->is_too_large; }

void chttpd_answer(
    chttpd_exchange *exchange, unsigned int status, const char *body, size_t size, const char *const *headers) {
  if (exchange->response != NULL) return;
  exchange->response = lib.MHD_create_response_from_buffer(size, (void *)body, MHD_RESPMEM_MUST_COPY);
  exchange->status = status;
  for (; exchange->response != NULL && headers[0] != NULL && headers[1] != NULL; headers += 2)
    lib.MHD_add_response_header(exchange->response, headers[0], headers[1]);
}
