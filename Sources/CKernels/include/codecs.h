// Decompression of whole blocks into memory of a known size, with the codec numbers of Parquet's `CompressionCodec`.
#ifndef CK_CODECS_H
#define CK_CODECS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ck_codec {
  CK_CODEC_SNAPPY = 1,
  CK_CODEC_GZIP = 2,        // one or more members
  CK_CODEC_BROTLI = 4,
  CK_CODEC_LZ4_HADOOP = 5,  // blocks with sizes before them, or one bare block
  CK_CODEC_ZSTD = 6,
  CK_CODEC_LZ4 = 7          // one bare block
};

enum ck_codec_result {
  CK_CODEC_OK = 0,
  CK_CODEC_DAMAGED = 1,   // the bytes are no such block, or it has another size
  CK_CODEC_UNKNOWN = 2,
  CK_CODEC_NO_MEMORY = 3
};

// Decompresses a block that is known to have `capacity` bytes; anything else is CK_CODEC_DAMAGED. Never writes beyond
// `capacity`. Returns a `ck_codec_result`.
int32_t ck_decompress(int32_t codec, const uint8_t *source, size_t length, uint8_t *target, size_t capacity);

// CRC-32 as in gzip.
uint32_t ck_crc32(const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
