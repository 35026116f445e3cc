#include "streams.h"

#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <climits>
#include <new>

namespace {

// A frame may ask for a window of up to 2^27 bytes (128 MiB): what the zstd tools themselves allow.
constexpr int max_window_log = 27;
// The longest header of a frame: ZSTD_FRAMEHEADERSIZE_MAX, which is no part of the stable API.
constexpr size_t max_header_size = 18;

}  // namespace

struct ck_stream {
  int format;
  z_stream gzip{};
  ZSTD_DCtx *zstd = nullptr;
  // The beginning of the zstd frame at hand, and how many bytes have come out of the frame.
  uint8_t head[max_header_size];
  size_t head_size = 0;
  unsigned long long frame_size = 0;
  LZ4F_dctx *lz4 = nullptr;

  explicit ck_stream(int format) : format(format) {
    // 15 bits of window, plus 32: the head says whether it is gzip or zlib.
    if (format == CK_GZIP && inflateInit2(&gzip, 15 + 32) != Z_OK) throw std::bad_alloc();
    if (format == CK_ZSTD) {
      zstd = ZSTD_createDCtx();
      if (zstd == nullptr) throw std::bad_alloc();
      ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, max_window_log);
    }
    if (format == CK_LZ4_FRAME && LZ4F_isError(LZ4F_createDecompressionContext(&lz4, LZ4F_VERSION))) {
      throw std::bad_alloc();
    }
  }

  ~ck_stream() {
    if (format == CK_GZIP) inflateEnd(&gzip);
    ZSTD_freeDCtx(zstd);
    LZ4F_freeDecompressionContext(lz4);
  }

  ck_stream(const ck_stream &) = delete;
  ck_stream &operator=(const ck_stream &) = delete;

  ck_stream_status inflate_step(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count,
                                size_t &taken, size_t &given) {
    uInt in = uInt(std::min<size_t>(input_count, UINT_MAX)), out = uInt(std::min<size_t>(output_count, UINT_MAX));
    gzip.next_in = const_cast<Bytef *>(input);
    gzip.avail_in = in;
    gzip.next_out = output;
    gzip.avail_out = out;
    int code = inflate(&gzip, Z_NO_FLUSH);
    taken = in - gzip.avail_in;
    given = out - gzip.avail_out;
    switch (code) {
      case Z_STREAM_END: return inflateReset(&gzip) == Z_OK ? CK_STREAM_BOUNDARY : CK_STREAM_CORRUPT;
      case Z_OK:
      case Z_BUF_ERROR: return CK_STREAM_MORE;
      case Z_MEM_ERROR: return CK_STREAM_NO_MEMORY;
      default: return CK_STREAM_CORRUPT;
    }
  }

  ck_stream_status zstd_step(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count,
                             size_t &taken, size_t &given) {
    ZSTD_inBuffer in{input, input_count, 0};
    ZSTD_outBuffer out{output, output_count, 0};
    size_t code = ZSTD_decompressStream(zstd, &out, &in);
    taken = in.pos;
    given = out.pos;
    size_t seen = std::min(taken, max_header_size - head_size);
    std::copy_n(input, seen, head + head_size);
    head_size += seen;
    frame_size += given;
    if (code == 0) return end_frame();
    if (!ZSTD_isError(code)) return CK_STREAM_MORE;
    switch (ZSTD_getErrorCode(code)) {
      case ZSTD_error_frameParameter_windowTooLarge: return CK_STREAM_TOO_LARGE;
      case ZSTD_error_memory_allocation: return CK_STREAM_NO_MEMORY;
      default: return CK_STREAM_CORRUPT;
    }
  }

  // The decoder compares the size with the one in the header, too, but not when the last block is empty.
  ck_stream_status end_frame() {
    unsigned long long size = ZSTD_getFrameContentSize(head, head_size);
    bool is_short = size != ZSTD_CONTENTSIZE_UNKNOWN && size != frame_size;
    head_size = 0;
    frame_size = 0;
    return is_short ? CK_STREAM_SHORT : CK_STREAM_BOUNDARY;
  }

  ck_stream_status lz4_step(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count,
                            size_t &taken, size_t &given) {
    taken = input_count;
    given = output_count;
    size_t code = LZ4F_decompress(lz4, output, &given, input, &taken, nullptr);
    if (LZ4F_isError(code)) return CK_STREAM_CORRUPT;
    return code == 0 ? CK_STREAM_BOUNDARY : CK_STREAM_MORE;
  }
};

ck_stream *ck_stream_create(int format) {
  try {
    return new ck_stream(format);
  } catch (...) {
    return nullptr;
  }
}

void ck_stream_free(ck_stream *stream) { delete stream; }

ck_stream_status ck_stream_step(ck_stream *stream, const uint8_t *input, size_t input_count, uint8_t *output,
                                size_t output_count, size_t *taken, size_t *given) {
  switch (stream->format) {
    case CK_GZIP: return stream->inflate_step(input, input_count, output, output_count, *taken, *given);
    case CK_ZSTD: return stream->zstd_step(input, input_count, output, output_count, *taken, *given);
    default: return stream->lz4_step(input, input_count, output, output_count, *taken, *given);
  }
}

int ck_lz4_frame_decompress(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count) {
  LZ4F_dctx *context = nullptr;
  if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) return 1;
  size_t taken = 0, given = 0, hint = 1;
  while (hint != 0) {
    size_t in = input_count - taken, out = output_count - given;
    hint = LZ4F_decompress(context, output + given, &out, input + taken, &in, nullptr);
    if (LZ4F_isError(hint)) break;
    taken += in;
    given += out;
    if (in == 0 && out == 0) break;
  }
  LZ4F_freeDecompressionContext(context);
  return hint == 0 && given == output_count ? 0 : 1;
}

int ck_zstd_frame_decompress(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count) {
  size_t code = ZSTD_decompress(output, output_count, input, input_count);
  return !ZSTD_isError(code) && code == output_count ? 0 : 1;
}
