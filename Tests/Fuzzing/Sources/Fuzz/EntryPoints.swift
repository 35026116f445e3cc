import Scan

/// What libFuzzer (llvm.org/docs/LibFuzzer.html) calls: first once with the command line, then with every input.
///
/// A reading succeeds when it gives rows or throws a `ScanError`; libFuzzer reports traps, hangs, the memory errors
/// that AddressSanitizer sees, and too much memory. The flag `--reader=NAME` says which reader is fuzzed.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>
) -> CInt {
  let flag = "--reader="
  // Safe because: libFuzzer passes the arguments of `main`, of which there are `count`.
  for index in 0..<Int(count.pointee) {
    let argument = String(cString: arguments.pointee[index])
    guard argument.hasPrefix(flag) else { continue }
    guard let reader = FuzzedReader(rawValue: String(argument.dropFirst(flag.count))) else { break }
    FuzzedReader.selected = reader
    return 0
  }
  fatalError("name a reader: " + FuzzedReader.allCases.map { flag + $0.rawValue }.joined(separator: " "))
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe because: libFuzzer passes `count` bytes, which are copied.
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    try FuzzedReader.selected.read(bytes)
  } catch {
    require(!error.message.isEmpty, "an error without a message")
  }
  return 0
}

/// A property that every reading must have; a failure is a crash for libFuzzer, and says why.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
