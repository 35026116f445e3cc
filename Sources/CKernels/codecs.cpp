#include "codecs.h"
#include "snappy.hpp"

#include <brotli/decode.h>
#include <lz4.h>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <climits>

namespace {

int32_t exactly(bool done) { return done ? CK_CODEC_OK : CK_CODEC_DAMAGED; }

int32_t gzip(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  if (length > UINT_MAX || capacity > UINT_MAX) return CK_CODEC_DAMAGED;
  z_stream stream = {};
  // 15 bits of window, plus 32: the head says whether it is gzip or zlib.
  if (inflateInit2(&stream, 15 + 32) != Z_OK) return CK_CODEC_NO_MEMORY;
  stream.next_in = const_cast<Bytef *>(source);
  stream.avail_in = static_cast<uInt>(length);
  stream.next_out = target;
  stream.avail_out = static_cast<uInt>(capacity);
  int code = inflate(&stream, Z_FINISH);
  while (code == Z_STREAM_END && stream.avail_in > 0 && stream.avail_out > 0) {
    if (inflateReset(&stream) != Z_OK) break;
    code = inflate(&stream, Z_FINISH);
  }
  bool done = code == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  return exactly(done);
}

int32_t snappy_page(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  if (snappy_block::possible()) return exactly(snappy_block::decompress(source, length, target, capacity));
  auto *text = reinterpret_cast<const char *>(source);
  size_t size = 0;
  if (!snappy::GetUncompressedLength(text, length, &size) || size != capacity) return CK_CODEC_DAMAGED;
  return exactly(snappy::RawUncompress(text, length, reinterpret_cast<char *>(target)));
}

int32_t brotli(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  size_t size = capacity;
  auto result = BrotliDecoderDecompress(length, source, &size, target);
  return exactly(result == BROTLI_DECODER_RESULT_SUCCESS && size == capacity);
}

int32_t zstd(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  size_t size = ZSTD_decompress(target, capacity, source, length);
  return exactly(!ZSTD_isError(size) && size == capacity);
}

int32_t lz4(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  if (length > INT_MAX || capacity > INT_MAX) return CK_CODEC_DAMAGED;
  int size = LZ4_decompress_safe(reinterpret_cast<const char *>(source), reinterpret_cast<char *>(target),
                                 static_cast<int>(length), static_cast<int>(capacity));
  return exactly(size >= 0 && static_cast<size_t>(size) == capacity);
}

uint32_t big_endian(const uint8_t *bytes) {
  return uint32_t(bytes[0]) << 24 | uint32_t(bytes[1]) << 16 | uint32_t(bytes[2]) << 8 | bytes[3];
}

// Hadoop's frames: before every block its two sizes, decompressed and compressed.
int32_t lz4_frames(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  size_t written = 0;
  while (length >= 8 && written < capacity) {
    size_t size = big_endian(source), packed = big_endian(source + 4);
    if (packed > length - 8 || size > capacity - written) return CK_CODEC_DAMAGED;
    if (lz4(source + 8, packed, target + written, size) != CK_CODEC_OK) return CK_CODEC_DAMAGED;
    source += 8 + packed;
    length -= 8 + packed;
    written += size;
  }
  return exactly(length == 0 && written == capacity);
}

}  // namespace

int32_t ck_decompress(int32_t codec, const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
  if (length == 0) return exactly(capacity == 0);
  try {
    switch (codec) {
      case CK_CODEC_SNAPPY: return snappy_page(source, length, target, capacity);
      case CK_CODEC_GZIP: return gzip(source, length, target, capacity);
      case CK_CODEC_BROTLI: return brotli(source, length, target, capacity);
      case CK_CODEC_ZSTD: return zstd(source, length, target, capacity);
      case CK_CODEC_LZ4: return lz4(source, length, target, capacity);
      case CK_CODEC_LZ4_HADOOP:
        // Writers of this codec disagreed: what is not framed is one bare block.
        if (lz4_frames(source, length, target, capacity) == CK_CODEC_OK) return CK_CODEC_OK;
        return lz4(source, length, target, capacity);
      default: return CK_CODEC_UNKNOWN;
    }
  } catch (...) {
    return CK_CODEC_NO_MEMORY;
  }
}

uint32_t ck_crc32(const uint8_t *bytes, size_t length) {
  return static_cast<uint32_t>(crc32_z(0, bytes, length));
}
