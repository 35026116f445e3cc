// What all summaries of a column's texts begin with. A text i is the bytes [starts[i], ends[i]) of `bytes`, which are
// `size` long; ends[i] < 0 marks a null.
#ifndef CKERNELS_TEXTS_H
#define CKERNELS_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MurmurHash3 x64 of each text: hashes[2 i] and hashes[2 i + 1] are its halves; zero for nulls. Adds 1 to
// lengths[length] for each text of so many bytes, up to CK_LENGTHS, and to lengths[CK_LENGTHS + 1] for each longer one.
// Returns whether all texts are ASCII. O(bytes).
enum { CK_LENGTHS = 256 };
bool ck_hash_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                   uint64_t seed, uint64_t *hashes, int64_t *lengths);

// The same hashes of the eight bytes of each word, little endian. O(count).
void ck_hash_words(const uint64_t *words, size_t count, uint64_t seed, uint64_t *hashes);

// Numbers the different texts in the order in which each came first: codes[i] is the number of text i, -1 for a null,
// and entries[number] the first text that has it. Returns how many numbers there are, or -1 as soon as there are more
// than `limit`, at most CK_CODE_LIMIT. O(bytes).
enum { CK_CODE_LIMIT = 255 };
int32_t ck_code_texts(const uint8_t *bytes, size_t size, const int32_t *starts, const int32_t *ends, size_t count,
                      int32_t limit, int32_t *codes, int32_t *entries);

// The same for words, of which none is null.
int32_t ck_code_words(const uint64_t *words, size_t count, int32_t limit, int32_t *codes, int32_t *entries);

// counts[code] += 1 for each code that is not negative; all are below `entries`, and they are fewer than 2^32.
void ck_count_codes(const int32_t *codes, size_t count, size_t entries, int64_t *counts);

// Writes the places of all texts whose hash may be that of another text too, and returns how many: every text that
// occurs more than once is among them, and hardly any other. `hashes` as above; `places` has room for all. O(count).
size_t ck_may_repeat(const uint64_t *hashes, size_t count, int32_t *places);

// Writes the places of all hashes that may raise a register of a HyperLogLog, and returns how many: the first half of a
// hash names one of the registers, a power of two of them, and the leading zeros of its second half, at most 62, are as
// many as that holds or more. `hashes` and `places` as above. O(count).
size_t ck_raising_hashes(const uint64_t *hashes, size_t count, const uint8_t *registers, size_t register_count,
                         int32_t *places);

// Raises the registers of a HyperLogLog by hashes, the same way: to the leading zeros and one. A hash of zero is that of
// no value. O(count).
void ck_raise_registers(const uint64_t *hashes, size_t count, uint8_t *registers, size_t register_count);

// counts[b] += 1 for each hash whose second half has b for its highest byte; a hash of zero is that of no value. O(count).
void ck_count_buckets(const uint64_t *hashes, size_t count, int64_t counts[256]);

// How many texts there are besides nulls; *longest is the length in bytes of the longest, or zero. O(count).
size_t ck_present_texts(const int32_t *starts, const int32_t *ends, size_t count, int32_t *longest);

// Reads the texts as whole numbers in their shortest form, of at most 18 digits; false as soon as one is null, is no
// such number, or is not greater than the one before it. O(bytes).
bool ck_ascending_integers(const uint8_t *bytes, const int32_t *starts, const int32_t *ends, size_t count,
                           int64_t *values);

// Where a text that is not empty first stands in another, from a place on; -1 when it does not. Linear in both.
ptrdiff_t ck_text_place(const uint8_t *text, size_t length, size_t from, const uint8_t *sought, size_t sought_length);

#ifdef __cplusplus
}
#endif

#endif
