#include "jsonlines.h"

#include <simdjson.h>

#include <algorithm>
#include <memory>
#include <new>

#include "jsonwalk.hpp"

using simdjson::internal::dom_parser_implementation;

namespace {

// So much text is tokenised at once: its list of tokens then stays in the cache until the walk has used it.
constexpr size_t window_bytes = 128 << 10;

int reason_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR: return CK_JSON_NOT_UTF8;
    case simdjson::UNESCAPED_CHARS: return CK_JSON_CONTROL_CHARACTER;
    default: return CK_JSON_OPEN_STRING;
  }
}

const uint8_t *end_of_line(const uint8_t *at, const uint8_t *end) {
  auto found = static_cast<const uint8_t *>(std::memchr(at, '\n', size_t(end - at)));
  return found == nullptr ? end : found;
}

}  // namespace

struct ck_json_lines {
  ck::PathTree tree;
  ck::LineWalk walk;
  std::vector<int32_t> noted;
  size_t column_count = 0;

  explicit ck_json_lines(size_t capacity) : tree(capacity), walk(tree) {}

  void decode(const uint8_t *bytes, size_t length, size_t from, size_t line, const ck_json_batch &room,
              ck_json_result &out) {
    batch = &room;
    result = &out;
    text = bytes;
    end = bytes + length;
    at = bytes + from;
    out = ck_json_result{0, 0, from, line, nullptr, 0};
    walk.unescaped.clear();
    std::fill_n(room.starts, column_count * room.row_capacity, 0);
    std::fill_n(room.ends, column_count * room.row_capacity, -1);
    std::fill_n(room.kinds, column_count * room.row_capacity, uint8_t(CK_JSON_NULL));
    if (bytes != known_bytes || length != known_length || from == 0) {
      known_bytes = bytes;
      known_length = length;
      walk.has_escapes = length > 0 && std::memchr(bytes, '\\', length) != nullptr;
    }
    walk.bytes = bytes;
    walk.length = length;
    walk.batch = batch;
    while (at < end && !is_full()) decode_window();
    out.next = size_t(at - bytes);
    out.unescaped = walk.unescaped.data();
    out.unescaped_count = walk.unescaped.size();
  }

 private:
  std::unique_ptr<dom_parser_implementation> tokeniser;
  const uint8_t *known_bytes = nullptr;
  size_t known_length = 0;
  const ck_json_batch *batch = nullptr;
  ck_json_result *result = nullptr;
  const uint8_t *text = nullptr, *at = nullptr, *end = nullptr;

  bool is_full() const { return result->rows == batch->row_capacity || result->defects == batch->defect_capacity; }

  void decode_window() {
    const uint8_t *window_end = end;
    if (size_t(end - at) > window_bytes) {
      window_end = end_of_line(at + window_bytes, end);
      if (window_end < end) window_end++;
    }
    // When the whole window is well-formed text, no string spans lines, and each line's tokens are its own.
    simdjson::error_code error = tokenise(at, size_t(window_end - at));
    const uint8_t *base = at;
    size_t next_token = 0;
    while (at < window_end && !is_full()) {
      const uint8_t *line_end = end_of_line(at, window_end);
      if (error == simdjson::SUCCESS) {
        next_token = decode_line(base, next_token, line_end);
      } else if (simdjson::error_code fault = tokenise(at, size_t(line_end - at)); fault == simdjson::SUCCESS) {
        decode_line(at, 0, line_end);
      } else {
        add_defect(reason_of(fault), at);
      }
      result->line++;
      at = std::min(line_end + 1, window_end);
    }
  }

  // Lists the tokens of a text. After the last one stand two that point to the zero byte behind the block.
  simdjson::error_code tokenise(const uint8_t *start, size_t count) {
    if (tokeniser == nullptr || tokeniser->capacity() < count) {
      size_t capacity = std::max<size_t>(2 * window_bytes, count);
      tokeniser.reset();
      auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, tokeniser);
      if (error != simdjson::SUCCESS) throw std::bad_alloc();
    }
    auto error = tokeniser->stage1(start, count, simdjson::stage1_mode::regular);
    if (error == simdjson::EMPTY) {
      tokeniser->n_structural_indexes = 0;
      error = simdjson::SUCCESS;
    }
    if (error == simdjson::SUCCESS) {
      uint32_t *after = &tokeniser->structural_indexes[tokeniser->n_structural_indexes];
      after[0] = after[1] = uint32_t(end - start);
    }
    return error;
  }

  // Returns the first token behind the line.
  size_t decode_line(const uint8_t *base, size_t first, const uint8_t *line_end) {
    const uint32_t *tokens = tokeniser->structural_indexes.get();
    const size_t count = tokeniser->n_structural_indexes;
    const uint32_t limit = uint32_t(line_end - base);
    if (first == count || tokens[first] >= limit) return first;
    int reason = CK_JSON_NO_OBJECT;
    walk.failed_at = base + tokens[first];
    if (*walk.failed_at == '{') {
      walk.base = base;
      walk.token = tokens + first;
      walk.row = result->rows;
      walk.line = int64_t(result->line);
      reason = walk.walk(line_end);
      size_t next = size_t(walk.token - tokens);
      if (reason == CK_JSON_OK) {
        if (next == count || tokens[next] >= limit) {
          if (batch->lines != nullptr) batch->lines[result->rows] = int32_t(result->line);
          result->rows++;
          return next;
        }
        walk.undo_all();
        walk.failed_at = base + tokens[next];
        reason = CK_JSON_TEXT_AFTER;
      }
    }
    if (walk.failed_at >= line_end) {
      walk.failed_at = line_end;
      reason = CK_JSON_UNFINISHED;
    }
    add_defect(reason, walk.failed_at);
    return size_t(std::lower_bound(tokens + first, tokens + count, limit) - tokens);
  }

  void add_defect(int reason, const uint8_t *place) {
    size_t index = result->defects++;
    batch->defect_lines[index] = int32_t(result->line);
    batch->defect_starts[index] = int32_t(at - text);
    batch->defect_offsets[index] = int32_t(place - at);
    batch->defect_reasons[index] = uint8_t(reason);
  }
};

ck_json_lines *ck_json_lines_create(const uint8_t *paths, const size_t *path_ends, size_t path_count,
                                    size_t column_count, size_t note_capacity) {
  try {
    auto decoder = std::make_unique<ck_json_lines>(note_capacity);
    decoder->column_count = column_count;
    size_t start = 0;
    for (size_t i = 0; i < path_count; i++) {
      std::string_view path(reinterpret_cast<const char *>(paths) + start, path_ends[i] - start);
      decoder->tree.add(path, i < column_count ? int32_t(i) : -1);
      start = path_ends[i];
    }
    return decoder.release();
  } catch (...) {
    return nullptr;
  }
}

void ck_json_lines_free(ck_json_lines *decoder) { delete decoder; }

bool ck_json_lines_decode(ck_json_lines *decoder, const uint8_t *bytes, size_t length, size_t from, size_t line,
                          const ck_json_batch *batch, ck_json_result *result) {
  try {
    decoder->decode(bytes, length, from, line, *batch, *result);
    return true;
  } catch (...) {
    return false;
  }
}

size_t ck_json_lines_noted_count(ck_json_lines *decoder, bool *are_all) {
  *are_all = !decoder->tree.has_unnoted;
  try {
    decoder->noted.clear();
    for (size_t i = 1; i < decoder->tree.size(); i++) {
      const ck::PathNode &node = decoder->tree[int32_t(i)];
      if (!node.is_known && node.is_column()) decoder->noted.push_back(int32_t(i));
    }
    return decoder->noted.size();
  } catch (...) {
    return 0;
  }
}

const uint8_t *ck_json_lines_noted(const ck_json_lines *decoder, size_t index, size_t *count, int64_t *line) {
  const std::string &path = decoder->tree.path(decoder->noted[index]);
  *count = path.size();
  *line = decoder->tree[decoder->noted[index]].first_line;
  return reinterpret_cast<const uint8_t *>(path.data());
}

bool ck_is_utf8(const uint8_t *bytes, size_t count) {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
