// Walks the tokens of one line, as simdjson's first stage lists them, and notes the values of the wanted paths.
#ifndef CKERNELS_JSONWALK_HPP
#define CKERNELS_JSONWALK_HPP

#include <algorithm>
#include <array>

#include "jsonlines.h"
#include "jsonpaths.hpp"

namespace ck {

constexpr size_t max_json_depth = 512;

// What may follow a number or a word.
inline const std::array<bool, 256> ends_scalar = [] {
  std::array<bool, 256> table{};
  for (uint8_t byte : {' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}'}) table[byte] = true;
  return table;
}();

inline bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }
inline bool is_digit(uint8_t byte) { return uint8_t(byte - '0') < 10; }

// The end of the number that begins here (RFC 8259 section 6); nullptr when it is none.
inline const uint8_t *end_of_number(const uint8_t *at) {
  if (*at == '-') at++;
  const uint8_t *digits = at;
  while (is_digit(*at)) at++;
  if (at == digits || (*digits == '0' && at - digits > 1)) return nullptr;
  if (*at == '.') {
    const uint8_t *fraction = ++at;
    while (is_digit(*at)) at++;
    if (at == fraction) return nullptr;
  }
  if ((*at | 0x20) == 'e') {
    at++;
    if (*at == '+' || *at == '-') at++;
    const uint8_t *exponent = at;
    while (is_digit(*at)) at++;
    if (at == exponent) return nullptr;
  }
  return ends_scalar[*at] ? at : nullptr;
}

class LineWalk {
 public:
  explicit LineWalk(PathTree &tree) : tree(tree) {}

  // The block: zero bytes follow its text, so that no comparison below reads past the end.
  const uint8_t *bytes = nullptr;
  size_t length = 0;
  bool has_escapes = false;
  // The tokens, relative to `base`; the last one is followed by one that points to a zero byte.
  const uint8_t *base = nullptr;
  const uint32_t *token = nullptr;
  // Where values go.
  const ck_json_batch *batch = nullptr;
  size_t row = 0;
  int64_t line = 0;
  std::vector<uint8_t> unescaped;
  // Where the walk stopped when it failed.
  const uint8_t *failed_at = nullptr;

  // Reads the object at `token`, which must be complete before `line_end`, and leaves `token` behind it. What was
  // written for a line that fails is undone.
  int walk(const uint8_t *line_end) {
    identity++;
    writes.clear();
    notes.clear();
    had_unnoted = tree.has_unnoted;
    size_t unescaped_before = unescaped.size();
    int reason = walk_values(line_end);
    if (reason != CK_JSON_OK) {
      undo_all();
      unescaped.resize(unescaped_before);
    }
    return reason;
  }

  // The line is no row: what it wrote and what was noted of it is taken back.
  void undo_all() {
    for (int32_t column : writes) {
      batch->ends[size_t(column) * batch->row_capacity + row] = -1;
      batch->kinds[size_t(column) * batch->row_capacity + row] = CK_JSON_NULL;
    }
    for (; !notes.empty(); notes.pop_back()) tree[notes.back().first].held = notes.back().second;
    tree.has_unnoted = had_unnoted;
  }

 private:
  struct Frame {
    int32_t value;    // the node whose value this is
    int32_t members;  // the node that keys are looked up at; none in arrays and where no path leads
    bool is_object;
    size_t cursor;
    const uint8_t *start;
    size_t first_loose;  // where its keys begin among those to which no path leads
  };

  // A key to which no path leads: where it stands in the block, and where its text without escapes does, from `length` on
  // in `loose_texts`.
  struct LooseKey {
    uint32_t place, start, count;
  };

  PathTree &tree;
  std::vector<Frame> open;
  // The end of the line that is being read.
  const uint8_t *limit = nullptr;
  // The columns that this line has written to.
  std::vector<int32_t> writes;
  int64_t identity = 0;
  // The nodes that this line was the first to meet with something, and what they held before.
  std::vector<std::pair<int32_t, uint8_t>> notes;
  bool had_unnoted = false;
  // The keys of the objects that are open, which their paths do not tell apart.
  std::vector<LooseKey> loose_keys;
  std::vector<uint8_t> loose_texts;

  // What fails behind its line fails for one reason, whatever the following lines hold: the line is not complete.
  int fail(const uint8_t *at, int reason) {
    failed_at = std::min(at, limit);
    return at >= limit ? int(CK_JSON_UNFINISHED) : reason;
  }

  // Whether the path has no value in this line yet. Of two, every reader takes another one (RFC 8259 section 4).
  bool meet(PathNode &node) {
    if (node.line == identity) return false;
    node.line = identity;
    return true;
  }

  // Nothing is ever written for a value here that is no object.
  static bool is_unread(const PathNode &node) { return node.column < 0 && !(node.held & held_object); }

  void note(int32_t index, uint8_t what) {
    PathNode &node = tree[index];
    if (node.held & what) return;
    notes.emplace_back(index, node.held);
    if ((node.held & (held_scalar | held_nothing)) == 0) node.first_line = line;
    node.held |= what;
  }

  void write(int32_t index, size_t start, int64_t end, uint8_t kind) {
    PathNode &node = tree[index];
    if (node.column < 0) return;
    size_t place = size_t(node.column) * batch->row_capacity + row;
    batch->starts[place] = int32_t(start);
    batch->ends[place] = int32_t(end);
    batch->kinds[place] = kind;
    writes.push_back(node.column);
  }

  int scalar(int32_t node, const uint8_t *at, const uint8_t *after) {
    uint8_t kind = CK_JSON_BOOLEAN;
    const uint8_t *end;
    switch (*at) {
      case '"':
        return string(node, at, after);
      case 't':
        end = std::memcmp(at, "true", 4) == 0 ? at + 4 : nullptr;
        break;
      case 'f':
        end = std::memcmp(at, "false", 5) == 0 ? at + 5 : nullptr;
        break;
      case 'n':
        end = std::memcmp(at, "null", 4) == 0 ? at + 4 : nullptr;
        kind = CK_JSON_NULL;
        break;
      case '-':
      case '0' ... '9':
        end = end_of_number(at);
        if (end == nullptr) return fail(at, at[1] == 'I' ? CK_JSON_NOT_FINITE : CK_JSON_BAD_NUMBER);
        kind = CK_JSON_NUMBER;
        break;
      default:
        // What Python's json writes when nobody forbids it.
        if (std::memcmp(at, "NaN", 3) == 0 || std::memcmp(at, "Infinity", 8) == 0) {
          return fail(at, CK_JSON_NOT_FINITE);
        }
        return fail(at, CK_JSON_NO_VALUE);
    }
    if (end == nullptr || !ends_scalar[*end]) return fail(at, CK_JSON_NO_VALUE);
    if (node >= 0) {
      note(node, kind == CK_JSON_NULL ? held_nothing : held_scalar);
      write(node, size_t(at - bytes), kind == CK_JSON_NULL ? -1 : int64_t(end - bytes), kind);
    }
    return CK_JSON_OK;
  }

  // The last quote before the next token closes the string: between the two there are only blanks.
  const uint8_t *closing_quote(const uint8_t *opening, const uint8_t *after) {
    const uint8_t *end = after - 1;
    while (is_blank(*end)) end--;
    return end > opening && *end == '"' ? end : nullptr;
  }

  int string(int32_t node, const uint8_t *at, const uint8_t *after) {
    // The quote is searched for in the line only.
    if (after >= limit) return fail(limit, CK_JSON_UNFINISHED);
    const uint8_t *end = closing_quote(at, after);
    if (end == nullptr) return fail(at, CK_JSON_NO_VALUE);
    size_t start = size_t(at + 1 - bytes), count = size_t(end - at - 1);
    if (has_escapes && std::memchr(at + 1, '\\', count) != nullptr) {
      size_t before = unescaped.size();
      if (!PathTree::unescape({reinterpret_cast<const char *>(at + 1), count}, unescaped)) {
        return fail(at, CK_JSON_BAD_ESCAPE);
      }
      start = length + before;
      count = unescaped.size() - before;
      if (node < 0 || tree[node].column < 0) unescaped.resize(before);
    }
    if (node >= 0) {
      note(node, held_scalar);
      write(node, start, int64_t(start + count), CK_JSON_STRING);
    }
    return CK_JSON_OK;
  }

  bool is_valid(std::string_view key) {
    if (std::memchr(key.data(), '\\', key.size()) == nullptr) return true;
    size_t before = unescaped.size();
    bool valid = PathTree::unescape(key, unescaped);
    unescaped.resize(before);
    return valid;
  }

  void note_loose(std::string_view key, const uint8_t *at) {
    const uint32_t place = uint32_t(at - bytes);
    if (has_escapes && std::memchr(key.data(), '\\', key.size()) != nullptr) {
      size_t before = loose_texts.size();
      PathTree::unescape(key, loose_texts);
      loose_keys.push_back({place, uint32_t(length + before), uint32_t(loose_texts.size() - before)});
    } else {
      loose_keys.push_back({place, place + 1, uint32_t(key.size())});
    }
  }

  // By their length first, which tells most of them apart.
  int compare(const LooseKey &a, const LooseKey &b) const {
    if (a.count != b.count) return a.count < b.count ? -1 : 1;
    auto text = [this](const LooseKey &key) {
      return key.start < length ? bytes + key.start : loose_texts.data() + (key.start - length);
    };
    return std::memcmp(text(a), text(b), a.count);
  }

  // Forgets the keys of an object that ends. Returns the first that stands in it twice; nullptr when all differ.
  const uint8_t *repeated_key(size_t first) {
    auto begin = loose_keys.begin() + ptrdiff_t(first), end = loose_keys.end();
    const uint8_t *found = nullptr;
    if (end - begin > 1) {
      std::sort(begin, end, [this](const LooseKey &a, const LooseKey &b) {
        int order = compare(a, b);
        return order != 0 ? order < 0 : a.place < b.place;
      });
      for (auto key = begin + 1; key < end; key++) {
        if (compare(key[-1], key[0]) == 0 && (found == nullptr || bytes + key->place < found)) found = bytes + key->place;
      }
    }
    loose_keys.resize(first);
    return found;
  }

  int walk_values(const uint8_t *line_end) {
    limit = line_end;
    open.clear();
    loose_keys.clear();
    loose_texts.clear();
    open.push_back({PathTree::none, PathTree::root, true, 0, base + *token, 0});
    token++;
    while (true) {
      // The next member or element, or the end of what is open.
      Frame &frame = open.back();
      const uint8_t *at = base + *token;
      int32_t node = PathTree::none;
      if (*at == (frame.is_object ? '}' : ']') && base + token[-1] == frame.start) {
        if (frame.value >= 0) note(frame.value, held_nothing);
      } else {
        if (frame.is_object) {
          if (*at != '"') return fail(at, CK_JSON_NO_KEY);
          const uint8_t *colon = base + token[1];
          if (colon >= limit || *colon != ':') return fail(colon, CK_JSON_NO_COLON);
          const uint8_t *end = closing_quote(at, colon);
          if (end == nullptr) return fail(at, CK_JSON_NO_KEY);
          std::string_view key(reinterpret_cast<const char *>(at + 1), size_t(end - at - 1));
          if (has_escapes && !is_valid(key)) return fail(at, CK_JSON_BAD_ESCAPE);
          if (frame.members >= 0) {
            node = tree.child(frame.members, frame.cursor, key);
            note(frame.members, held_object);
            if (node >= 0 && !meet(tree[node])) return fail(at, CK_JSON_REPEATED_KEY);
          }
          if (node < 0) note_loose(key, at);
          token += 2;
          at = base + *token;
          if (node >= 0 && *at != '{' && is_unread(tree[node])) {
            note(node, *at == 'n' ? held_nothing : held_scalar);
            node = PathTree::none;
          }
        }
        if (*at == '{' || *at == '[') {
          // A line that goes on into the next one ends here at the latest, so no text is walked over and over.
          if (at >= line_end) return fail(line_end, CK_JSON_UNFINISHED);
          if (open.size() >= max_json_depth) return fail(at, CK_JSON_TOO_DEEP);
          bool is_object = *at == '{';
          if (node >= 0 && !is_object) note(node, held_scalar);
          open.push_back({node, is_object ? node : PathTree::none, is_object, 0, at, loose_keys.size()});
          token++;
          continue;
        }
        token++;
        if (int reason = scalar(node, at, base + *token)) return reason;
      }
      // After a value: closing brackets up to a comma.
      while (true) {
        at = base + *token;
        bool is_object = open.back().is_object;
        token++;
        if (*at == ',') break;
        if (*at != (is_object ? '}' : ']')) {
          return fail(at, is_object ? CK_JSON_NO_COMMA_IN_OBJECT : CK_JSON_NO_COMMA_IN_ARRAY);
        }
        Frame closed = open.back();
        open.pop_back();
        if (loose_keys.size() > closed.first_loose) {
          if (const uint8_t *key = repeated_key(closed.first_loose)) return fail(key, CK_JSON_REPEATED_KEY);
        }
        if (open.empty()) {
          if (at >= line_end) return fail(line_end, CK_JSON_UNFINISHED);
          return CK_JSON_OK;
        }
        if (closed.value >= 0) {
          write(closed.value, size_t(closed.start - bytes), int64_t(at + 1 - bytes), CK_JSON_NESTED);
        }
      }
    }
  }
};

}  // namespace ck

#endif
