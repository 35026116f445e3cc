// libcurl, loaded when it is first asked for: a program that sends no request never maps its thirty libraries.
//
// Types and constants are those of the system's <curl/curl.h>, and each function is libcurl's of the same name. Swift
// cannot call variadic functions, so that setters and getters have one function for each type of argument.
#ifndef CUPEL_CCURL_H
#define CUPEL_CCURL_H

#include <curl/curl.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Loads and initialises libcurl, once in a process, whichever thread asks. Returns NULL when everything below may be
// called, else why not: a text that lives as long as the process.
const char *ccurl_load(void);

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *context);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *easy);
void ccurl_easy_reset(CURL *easy);
const char *ccurl_easy_strerror(CURLcode code);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, ccurl_data_callback callback);
// Called when a request is about to be sent over a connection, with addresses and ports; anything but
// CURL_PREREQFUNC_OK ends the transfer with CURLE_ABORTED_BY_CALLBACK.
typedef int (*ccurl_request_callback)(
    void *context, char *address, char *local_address, int port, int local_port);
CURLcode ccurl_set_request_callback(CURL *easy, ccurl_request_callback callback, void *context);
// Makes a handle send on a connection that is there already: where it would open one, it fails with
// CURLE_COULDNT_CONNECT before a byte is sent, and `refused` becomes 1. NULL lets it open connections again.
CURLcode ccurl_forbid_connecting(CURL *easy, int *refused);
CURLcode ccurl_set_url(CURL *easy, CURLU *url);
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
// Makes `farewell` 1 when a server of HTTP/2 ends a connection in good order (GOAWAY with NO_ERROR), of which libcurl
// tells in its log alone.
CURLcode ccurl_note_farewell(CURL *easy, int *farewell);
CURLcode ccurl_get_certificates(CURL *easy, struct curl_certinfo **value);

CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// A timer for `ccurl_multi_poll_until`, to be closed with `ccurl_timer_close`; -1 when there is none to be had.
int ccurl_timer_open(void);
void ccurl_timer_close(int timer);
// Waits like `ccurl_multi_poll`, but no longer than until a moment of CLOCK_MONOTONIC in nanoseconds: where libcurl's
// own limit is in milliseconds, this one is as exact as the kernel.
CURLMcode ccurl_multi_poll_until(CURLM *multi, int timer, int64_t moment);
CURLMsg *ccurl_multi_info_read(CURLM *multi, int *remaining);

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);

CURLU *ccurl_url(void);
void ccurl_url_cleanup(CURLU *url);
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags);
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags);
const char *ccurl_url_strerror(CURLUcode code);
void ccurl_free(void *text);

// Seconds since 1970; -1 for a text that is no date.
time_t ccurl_getdate(const char *text);

#ifdef __cplusplus
}
#endif

#endif
