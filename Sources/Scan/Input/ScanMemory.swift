internal import CKernels
internal import Glibc

/// How the process treats the memory of a scan.
package enum ScanMemory {
  /// Keeps freed blocks instead of giving them back to the system. Blocks of data come and go by the thousand, and
  /// each that is given back is cleared again page by page when the next one takes its place.
  ///
  /// What a thread frees it keeps for itself, so that memory would grow with every thread that ever decodes a chunk,
  /// of which only as many do so at once as there are cores: these share as many pools.
  package static func keepFreed() {
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    ck_keep_freed_memory(32 << 20, 64 << 20, Int32(clamping: cores))
  }
}
