// Shared libraries that are loaded when they are first needed: a program that has no use for one never maps it.
//
// A file lists the functions that it uses once, as EACH_FUNCTION(use) with use(name) for each, and CLOADING_TABLE makes of
// them `lib`, with a pointer for each, and `functions`, which says where the pointers go.
#ifndef CUPEL_CLOADING_H
#define CUPEL_CLOADING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cloading_function {
  const char *name;
  size_t place;
};

#define CLOADING_POINTER(name) __typeof__(&(name)) name;
#define CLOADING_PLACE(name) {#name, offsetof(__typeof__(lib), name)},
#define CLOADING_TABLE(each)                                                                                \
  static struct {                                                                                           \
    each(CLOADING_POINTER)                                                                                  \
  } lib;                                                                                                    \
  static const struct cloading_function functions[] = {each(CLOADING_PLACE)};

// Fills the table with the functions of the first of the libraries that is there. Returns 1, or 0 with the reason in
// `problem`. To be called once, before anything is called through the table.
int cloading_load(
    const char *const *libraries, size_t library_count, const struct cloading_function *functions,
    size_t function_count, void *table, char *problem, size_t problem_size);

#ifdef __cplusplus
}
#endif

#endif
