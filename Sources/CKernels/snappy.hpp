// Blocks of Snappy (https://github.com/google/snappy/blob/main/format_description.txt), decompressed with vectors. The
// library calls a function to move memory for each of the elements, of which a page has hundreds of thousands; it stays
// for machines without vectors, and as the oracle.
#ifndef CKERNELS_SNAPPY_HPP
#define CKERNELS_SNAPPY_HPP

#include <cstddef>
#include <cstdint>

namespace snappy_block {

// Whether this machine has the vectors for it, and they are allowed.
bool possible();

// Decompresses a block into exactly `capacity` bytes; false when it is damaged or has another size. Nothing but the two
// buffers is touched. O(capacity).
bool decompress(const uint8_t *source, size_t length, uint8_t *target, size_t capacity);

}  // namespace snappy_block

#endif
