// Decompression of streams: gzip (RFC 1952, members one after the other), zstd (RFC 8878, frames one after the other,
// skippable ones left out) and LZ4 frames (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md).
#ifndef CKERNELS_STREAMS_H
#define CKERNELS_STREAMS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CK_GZIP = 0, CK_ZSTD = 1, CK_LZ4_FRAME = 2 };

typedef enum {
  CK_STREAM_MORE = 0,       // needs more input or more room
  CK_STREAM_BOUNDARY = 1,   // a member or frame is complete: here the stream may end
  CK_STREAM_CORRUPT = 2,    // no valid stream, or its check sum is wrong
  CK_STREAM_TOO_LARGE = 3,  // asks for a larger window than is allowed
  CK_STREAM_NO_MEMORY = 4,
  CK_STREAM_SHORT = 5       // a zstd frame ends with fewer bytes than its header says
} ck_stream_status;

typedef struct ck_stream ck_stream;

// NULL when memory is short.
ck_stream *ck_stream_create(int format);
void ck_stream_free(ck_stream *stream);

// Decompresses up to the end of the input, the room, or a member; says how many bytes it took and gave. Bytes behind
// the end of a member begin the next one.
ck_stream_status ck_stream_step(ck_stream *stream, const uint8_t *input, size_t input_count, uint8_t *output,
                                size_t output_count, size_t *taken, size_t *given);

// Decompresses one LZ4 frame or zstd frame into exactly `output_count` bytes. 0 on success.
int ck_lz4_frame_decompress(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count);
int ck_zstd_frame_decompress(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count);

#ifdef __cplusplus
}
#endif

#endif
