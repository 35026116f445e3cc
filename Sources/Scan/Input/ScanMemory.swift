internal import CKernels

/// How the process treats the memory of a scan.
package enum ScanMemory {
  /// Keeps freed blocks instead of giving them back to the system. Blocks of data come and go by the thousand, and
  /// each that is given back is cleared again page by page when the next one takes its place.
  package static func keepFreed() { ck_keep_freed_memory(32 << 20, 64 << 20) }
}
