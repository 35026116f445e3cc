// The paths of the columns as a graph: which column, if any, a key of an object leads to. Paths that are met and were
// not known before are noted.
#ifndef CKERNELS_JSONPATHS_HPP
#define CKERNELS_JSONPATHS_HPP

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ck {

// Beyond this, keys are looked up anew each time.
constexpr size_t max_remembered_keys = 1 << 16;
// Longer paths are not noted.
constexpr size_t max_path_bytes = 4096;

// What a path was met with.
enum : uint8_t { held_scalar = 1, held_nothing = 2, held_object = 4 };

// What the walk touches for every value.
struct PathNode {
  int64_t line = -1;  // the last line that had this path, by its number among those that were walked
  int32_t column = -1;
  bool is_known = false;  // it was there before anything was read
  uint8_t held = 0;
  int64_t first_line = 0;  // of its first value

  // An object's paths are those of its members; a key without any is a column of its own.
  bool is_column() const { return (held & held_scalar) || (held & (held_nothing | held_object)) == held_nothing; }
};

// A key as it stands in the file, escapes included. Its first eight bytes are compared at once: the text of a block is
// padded, so they can always be read.
struct PathKey {
  uint64_t head = 0, mask = 0;
  std::string text;
  int32_t node;

  PathKey(std::string_view key, int32_t node) : text(key), node(node) {
    size_t count = std::min<size_t>(key.size(), 8);
    std::memcpy(&head, key.data(), count);
    std::memset(&mask, 0xFF, count);
  }

  bool equals(std::string_view key) const {
    uint64_t other;
    std::memcpy(&other, key.data(), 8);
    return key.size() == text.size() && ((other ^ head) & mask) == 0 &&
           (key.size() <= 8 || std::memcmp(key.data() + 8, text.data() + 8, key.size() - 8) == 0);
  }
};

// The keys met in objects at a path, in the order of their first appearance.
struct PathKeys {
  std::string path;
  std::vector<PathKey> keys;
  std::unordered_map<std::string, size_t> places;
};

class PathTree {
 public:
  static constexpr int32_t none = -1, root = 0;

  // Whether a path was met that is not noted: there are too many, or it is too long.
  bool has_unnoted = false;

  // Notes so many paths that are not known.
  explicit PathTree(size_t capacity) : capacity(capacity) {
    nodes.emplace_back().is_known = true;
    keys.emplace_back();
  }

  PathNode &operator[](int32_t node) { return nodes[node]; }
  const PathNode &operator[](int32_t node) const { return nodes[node]; }
  size_t size() const { return nodes.size(); }
  const std::string &path(int32_t node) const { return keys[node].path; }

  // A path that is known, and its column, if it has one. A dot in a key and a dot between keys are the same: what
  // stands before a dot holds objects.
  void add(std::string_view path, int32_t column) {
    size_t depth = 0;
    for (size_t dot = path.find('.'); dot != path.npos && depth < 512; dot = path.find('.', dot + 1), depth++) {
      nodes[node_of(path.substr(0, dot))].held |= held_object;
    }
    PathNode &node = nodes[node_of(path)];
    if (!node.is_known) node.column = column;
    node.is_known = true;
    known = nodes.size();
  }

  // The node of a key in an object at `parent`. Keys mostly stand in the order of the line before, so the one at
  // `cursor` is compared first.
  int32_t child(int32_t parent, size_t &cursor, std::string_view key) {
    const std::vector<PathKey> &known = keys[parent].keys;
    if (cursor < known.size() && known[cursor].equals(key)) return known[cursor++].node;
    return search(parent, cursor, key);
  }

  // Undoes escapes; false when one is not valid. Writes at most as many bytes as it reads.
  static bool unescape(std::string_view text, std::vector<uint8_t> &output);

 private:
  const size_t capacity;
  size_t known = 1;
  std::vector<PathNode> nodes;
  std::vector<PathKeys> keys;
  std::unordered_map<std::string, int32_t> index;
  size_t remembered = 0;

  int32_t node_of(std::string_view path) {
    auto [place, is_new] = index.try_emplace(std::string(path), int32_t(nodes.size()));
    if (is_new) {
      nodes.emplace_back();
      keys.emplace_back().path = path;
    }
    return place->second;
  }

  int32_t search(int32_t parent, size_t &cursor, std::string_view key) {
    std::string text(key);
    if (auto place = keys[parent].places.find(text); place != keys[parent].places.end()) {
      cursor = place->second + 1;
      return keys[parent].keys[place->second].node;
    }
    int32_t found = find(parent, key);
    // The search may have added nodes, which moves them: `keys[parent]` is looked up anew.
    if (found != none || remembered < max_remembered_keys) {
      PathKeys &owner = keys[parent];
      owner.keys.emplace_back(key, found);
      owner.places.emplace(std::move(text), owner.keys.size() - 1);
      cursor = owner.keys.size();
      remembered++;
    }
    return found;
  }

  int32_t find(int32_t parent, std::string_view key) {
    std::vector<uint8_t> plain;
    if (!unescape(key, plain)) return none;
    std::string path = parent == root ? std::string() : keys[parent].path + ".";
    path.append(plain.begin(), plain.end());
    if (auto place = index.find(path); place != index.end()) return place->second;
    if (path.size() > max_path_bytes || nodes.size() - known >= capacity) {
      has_unnoted = true;
      return none;
    }
    return node_of(path);
  }
};

inline int hex_digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  uint8_t letter = byte | 0x20;
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

inline bool hex_quad(std::string_view text, size_t at, uint32_t &value) {
  if (text.size() < 4 || at > text.size() - 4) return false;
  value = 0;
  for (size_t i = at; i < at + 4; i++) {
    int digit = hex_digit(uint8_t(text[i]));
    if (digit < 0) return false;
    value = value << 4 | uint32_t(digit);
  }
  return true;
}

inline void append_utf8(uint32_t scalar, std::vector<uint8_t> &output) {
  auto tail = [&](int shift) { output.push_back(uint8_t(0x80 | (scalar >> shift & 0x3F))); };
  if (scalar < 0x80) {
    output.push_back(uint8_t(scalar));
  } else if (scalar < 0x800) {
    output.push_back(uint8_t(0xC0 | scalar >> 6)), tail(0);
  } else if (scalar < 0x10000) {
    output.push_back(uint8_t(0xE0 | scalar >> 12)), tail(6), tail(0);
  } else {
    output.push_back(uint8_t(0xF0 | scalar >> 18)), tail(12), tail(6), tail(0);
  }
}

inline bool PathTree::unescape(std::string_view text, std::vector<uint8_t> &output) {
  size_t at = 0;
  while (true) {
    size_t backslash = std::min(text.find('\\', at), text.size());
    output.insert(output.end(), text.begin() + at, text.begin() + backslash);
    if (backslash == text.size()) return true;
    if (backslash + 1 == text.size()) return false;
    at = backslash + 2;
    switch (char escape = text[backslash + 1]) {
      case '"': case '\\': case '/': output.push_back(uint8_t(escape)); break;
      case 'b': output.push_back('\b'); break;
      case 'f': output.push_back('\f'); break;
      case 'n': output.push_back('\n'); break;
      case 'r': output.push_back('\r'); break;
      case 't': output.push_back('\t'); break;
      case 'u': {
        uint32_t unit, low;
        if (!hex_quad(text, at, unit)) return false;
        at += 4;
        if (unit >= 0xD800 && unit < 0xE000) {
          // Half of a pair stands for no character, so only whole pairs are text.
          bool is_pair = unit < 0xDC00 && text.substr(at, 2) == "\\u" && hex_quad(text, at + 2, low) &&
                         low >= 0xDC00 && low < 0xE000;
          if (!is_pair) return false;
          unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
          at += 6;
        }
        append_utf8(unit, output);
        break;
      }
      default: return false;
    }
  }
}

}  // namespace ck

#endif
