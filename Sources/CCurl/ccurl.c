// For memmem.
#define _GNU_SOURCE
// The header's macros around the variadic functions would hide their names.
#define CURL_DISABLE_TYPECHECK
#include "ccurl.h"

#include <cloading.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

// The functions of libcurl that are used, once in all.
#define EACH_FUNCTION(use)                                                                                    \
  use(curl_global_init) use(curl_free) use(curl_getdate)                                                                       \
  use(curl_easy_init) use(curl_easy_cleanup) use(curl_easy_reset) use(curl_easy_setopt) use(curl_easy_getinfo) \
  use(curl_easy_strerror)                                                                                     \
  use(curl_multi_init) use(curl_multi_cleanup) use(curl_multi_add_handle) use(curl_multi_remove_handle)       \
  use(curl_multi_perform) use(curl_multi_poll) use(curl_multi_wakeup) use(curl_multi_info_read)               \
  use(curl_multi_setopt)                                                                                      \
  use(curl_slist_append) use(curl_slist_free_all)                                                             \
  use(curl_url) use(curl_url_cleanup) use(curl_url_set) use(curl_url_get) use(curl_url_strerror)

CLOADING_TABLE(EACH_FUNCTION)

static const char *problem = NULL;

static void load(void) {
  // Debian and its kin have both, and the second comes with git.
  static const char *const libraries[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
  static char text[512];
  if (!cloading_load(
          libraries, sizeof libraries / sizeof *libraries, functions, sizeof functions / sizeof *functions, &lib, text,
          sizeof text))
    problem = text;
  else if (lib.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    problem = "libcurl could not be initialised";
}

const char *ccurl_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return problem;
}

CURL *ccurl_easy_init(void) { return lib.curl_easy_init(); }
void ccurl_easy_cleanup(CURL *easy) { lib.curl_easy_cleanup(easy); }
void ccurl_easy_reset(CURL *easy) { lib.curl_easy_reset(easy); }
const char *ccurl_easy_strerror(CURLcode code) { return lib.curl_easy_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return lib.curl_easy_setopt(easy, option, value); }
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return lib.curl_easy_setopt(easy, option, value);
}
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, ccurl_data_callback callback) {
  return lib.curl_easy_setopt(easy, option, callback);
}

CURLcode ccurl_set_request_callback(CURL *easy, ccurl_request_callback callback, void *context) {
  const CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
  return code != CURLE_OK ? code : lib.curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
}

static curl_socket_t refuse_socket(void *refused, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  (void)address;
  *(int *)refused = 1;
  return CURL_SOCKET_BAD;
}

CURLcode ccurl_forbid_connecting(CURL *easy, int *refused) {
  const curl_opensocket_callback callback = refused != NULL ? refuse_socket : NULL;
  const CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
  return code != CURLE_OK ? code : lib.curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, refused);
}

CURLcode ccurl_set_url(CURL *easy, CURLU *url) { return lib.curl_easy_setopt(easy, CURLOPT_CURLU, url); }
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) { return lib.curl_easy_getinfo(easy, info, value); }
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return lib.curl_easy_getinfo(easy, info, value);
}

static int note_farewell(CURL *easy, curl_infotype kind, char *text, size_t size, void *farewell) {
  (void)easy;
  static const char words[] = "GOAWAY, error=0,";
  if (kind == CURLINFO_TEXT && memmem(text, size, words, sizeof words - 1) != NULL) *(int *)farewell = 1;
  return 0;
}

CURLcode ccurl_note_farewell(CURL *easy, int *farewell) {
  CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, (curl_debug_callback)note_farewell);
  if (code == CURLE_OK) code = lib.curl_easy_setopt(easy, CURLOPT_DEBUGDATA, farewell);
  return code != CURLE_OK ? code : lib.curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
}

CURLcode ccurl_get_certificates(CURL *easy, struct curl_certinfo **value) {
  return lib.curl_easy_getinfo(easy, CURLINFO_CERTINFO, value);
}

CURLM *ccurl_multi_init(void) { return lib.curl_multi_init(); }
CURLMcode ccurl_multi_cleanup(CURLM *multi) { return lib.curl_multi_cleanup(multi); }
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy) { return lib.curl_multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy) { return lib.curl_multi_remove_handle(multi, easy); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return lib.curl_multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms) {
  return lib.curl_multi_poll(multi, NULL, 0, timeout_ms, NULL);
}
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return lib.curl_multi_wakeup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return lib.curl_multi_setopt(multi, option, value);
}

int ccurl_timer_open(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK); }
void ccurl_timer_close(int timer) { close(timer); }

CURLMcode ccurl_multi_poll_until(CURLM *multi, int timer, int64_t moment) {
  // All zeros would switch the timer off. Setting it forgets an earlier end.
  const int64_t at = moment > 0 ? moment : 1;
  const struct itimerspec when = {.it_value = {.tv_sec = at / 1000000000, .tv_nsec = at % 1000000000}};
  if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL) != 0) return CURLM_INTERNAL_ERROR;
  struct curl_waitfd descriptor = {.fd = timer, .events = CURL_WAIT_POLLIN};
  return lib.curl_multi_poll(multi, &descriptor, 1, 60000, NULL);
}

CURLMsg *ccurl_multi_info_read(CURLM *multi, int *remaining) { return lib.curl_multi_info_read(multi, remaining); }

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return lib.curl_slist_append(list, line);
}
void ccurl_slist_free_all(struct curl_slist *list) { lib.curl_slist_free_all(list); }

CURLU *ccurl_url(void) { return lib.curl_url(); }
void ccurl_url_cleanup(CURLU *url) { lib.curl_url_cleanup(url); }
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
  return lib.curl_url_set(url, part, text, flags);
}
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags) {
  return lib.curl_url_get(url, part, text, flags);
}
const char *ccurl_url_strerror(CURLUcode code) { return lib.curl_url_strerror(code); }
void ccurl_free(void *text) { lib.curl_free(text); }
time_t ccurl_getdate(const char *text) { return lib.curl_getdate(text, NULL); }
