#include "textfacts.h"
#include "levels.hpp"

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <limits>

#include "words.hpp"

namespace {

constexpr uint64_t high_bits = 0x8080808080808080;

// Whether a text that has the byte at an end may have white space there.
constexpr auto may_be_space = [] {
  std::array<uint8_t, 256> may{};
  for (size_t byte = 0; byte < 256; byte++) may[byte] = byte == ' ' || (byte >= 9 && byte <= 13) || byte > 127;
  return may;
}();


// Some of the last bytes of a text are looked at twice.
struct Plain {
  uint64_t bits = 0;
  __m128i vector = _mm_setzero_si128();

  __attribute__((always_inline)) void look(const uint8_t *text, size_t length) {
    if (length >= 16) {
      for (size_t at = 0; at + 16 <= length; at += 16) look(text + at);
      look(text + length - 16);
    } else if (length >= 8) {
      bits |= texts::load(text) | texts::load(text + length - 8);
    } else {
      for (size_t at = 0; at < length; at++) bits |= text[at];
    }
  }
  bool is_ascii() const { return (bits & high_bits) == 0 && _mm_movemask_epi8(vector) == 0; }

 private:
  __attribute__((always_inline)) void look(const uint8_t *text) {
    vector = _mm_or_si128(vector, _mm_loadu_si128(reinterpret_cast<const __m128i *>(text)));
  }
};

struct AVX512 {
  __m512i bits;
  CK_AVX512 AVX512() : bits(_mm512_setzero_si512()) {}
  CK_AVX512 void look(const uint8_t *text, size_t length) {
    for (; length > 64; text += 64, length -= 64) bits = _mm512_or_si512(bits, _mm512_loadu_si512(text));
    const __mmask64 rest = _bzhi_u64(~uint64_t(0), unsigned(length));
    bits = _mm512_or_si512(bits, _mm512_maskz_loadu_epi8(rest, text));
  }
  CK_AVX512 bool is_ascii() const { return _mm512_movepi8_mask(bits) == 0; }
};

// The facts as far as bytes are concerned; lengths are those in bytes.
template <typename Bits>
__attribute__((always_inline)) inline ck_text_facts look(const uint8_t *base, const int32_t *starts,
                                                         const int32_t *ends, size_t count) {
  ck_text_facts facts = {0, std::numeric_limits<size_t>::max(), 0, 0, true, true};
  Bits bits;
  uint8_t has_spaces = 0;
  for (size_t i = 0; i < count; i++) {
    if (ends[i] < 0) continue;
    const uint8_t *text = base + starts[i];
    const size_t length = size_t(ends[i] - starts[i]);
    facts.present++;
    facts.shortest = std::min(facts.shortest, length);
    facts.longest = std::max(facts.longest, length);
    facts.byte_lengths |= uint64_t(1) << std::min<size_t>(length, 63);
    if (length == 0) continue;
    bits.look(text, length);
    has_spaces |= may_be_space[text[0]] | may_be_space[text[length - 1]];
  }
  facts.is_ascii = bits.is_ascii();
  facts.is_trimmed = has_spaces == 0;
  return facts;
}

CK_AVX512 ck_text_facts look_avx512(const uint8_t *base, const int32_t *starts, const int32_t *ends, size_t count) {
  return look<AVX512>(base, starts, ends, count);
}

}  // namespace

ck_text_facts ck_find_text_facts(const uint8_t *base, const int32_t *starts, const int32_t *ends, size_t count) {
  const bool is_avx512 = levels::best() >= CK_LEVEL_AVX512;
  ck_text_facts facts = (is_avx512 ? look_avx512 : look<Plain>)(base, starts, ends, count);
  if (facts.is_ascii) return facts;
  facts.shortest = std::numeric_limits<size_t>::max();
  facts.longest = 0;
  for (size_t i = 0; i < count; i++) {
    if (ends[i] < 0) continue;
    size_t length = 0;
    // Every scalar has exactly one byte that is no continuation byte.
    for (int32_t at = starts[i]; at < ends[i]; at++) length += (base[at] & 0xC0) != 0x80;
    facts.shortest = std::min(facts.shortest, length);
    facts.longest = std::max(facts.longest, length);
  }
  return facts;
}
