#include "ckernels.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <new>

struct ck_regex {
  re2::RE2 pattern;
  ck_regex(re2::StringPiece text, const re2::RE2::Options &options) : pattern(text, options) {}
};

namespace {

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(16 << 20);
  return options;
}

void copy_error(const std::string &message, char *error, size_t capacity) {
  if (capacity == 0) return;
  size_t length = std::min(message.size(), capacity - 1);
  std::memcpy(error, message.data(), length);
  error[length] = 0;
}

}  // namespace

ck_regex *ck_regex_compile(const char *pattern, size_t length, char *error, size_t error_capacity) {
  try {
    auto *regex = new ck_regex(re2::StringPiece(pattern, length), options());
    if (regex->pattern.ok()) return regex;
    copy_error(regex->pattern.error(), error, error_capacity);
    delete regex;
  } catch (const std::exception &problem) {
    copy_error(problem.what(), error, error_capacity);
  }
  return nullptr;
}

void ck_regex_free(ck_regex *regex) { delete regex; }

int ck_regex_match(const ck_regex *regex, const uint8_t *text, size_t length, bool full) {
  try {
    re2::StringPiece piece(reinterpret_cast<const char *>(text), length);
    auto anchor = full ? re2::RE2::ANCHOR_BOTH : re2::RE2::UNANCHORED;
    return regex->pattern.Match(piece, 0, length, anchor, nullptr, 0) ? 1 : 0;
  } catch (...) {
    // Neither a match nor none: who forbids matches must not take it for one.
    return CK_REGEX_UNDECIDED;
  }
}

void ck_regex_match_fields(const ck_regex *regex, const uint8_t *base, const int32_t *starts, const int32_t *ends,
                           size_t count, bool full, uint8_t *matched) {
  for (size_t i = 0; i < count; i++) {
    if (ends[i] < 0) continue;
    matched[i] = ck_regex_match(regex, base + starts[i], ends[i] - starts[i], full);
  }
}
