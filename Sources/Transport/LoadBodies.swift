/// The bodies of a load's requests, in one piece of memory that stays where it is: libcurl reads them from there, so
/// that none is copied for a request.
///
// Safe because the memory is written once, before anybody has the object, and freed when the last loop that points into
// it is gone.
final class LoadBodies {
  private let bytes: UnsafeMutableRawBufferPointer
  private let offsets: [Int]

  init(_ requests: [HTTPRequest]) {
    var offsets = [0]
    for request in requests { offsets.append(offsets[offsets.count - 1] + request.body.count) }
    bytes = .allocate(byteCount: max(1, offsets[offsets.count - 1]), alignment: 1)
    for (request, offset) in zip(requests, offsets) {
      UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyBytes(from: request.body)
    }
    self.offsets = offsets
  }

  deinit { bytes.deallocate() }

  subscript(index: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: bytes[offsets[index]..<offsets[index + 1]])
  }
}
