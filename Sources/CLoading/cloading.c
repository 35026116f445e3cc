#include "cloading.h"

#include <dlfcn.h>
#include <stdio.h>

int cloading_load(
    const char *const *libraries, size_t library_count, const struct cloading_function *functions,
    size_t function_count, void *table, char *problem, size_t problem_size) {
  void *library = NULL;
  size_t found = 0;
  for (; found < library_count; found++) {
    library = dlopen(libraries[found], RTLD_NOW | RTLD_LOCAL);
    if (library != NULL) break;
    // The reason why the first is not there is the one to tell.
    const char *reason = dlerror();
    if (found == 0) snprintf(problem, problem_size, "%s", reason != NULL ? reason : "it cannot be loaded");
  }
  if (library == NULL) return 0;
  for (size_t i = 0; i < function_count; i++) {
    void *function = dlsym(library, functions[i].name);
    if (function == NULL) {
      snprintf(problem, problem_size, "%s is too old: it lacks %s", libraries[found], functions[i].name);
      return 0;
    }
    // POSIX promises that a function's address fits in an object's.
    *(void **)((char *)table + functions[i].place) = function;
  }
  return 1;
}
