import Scan

/// A reader of bytes from outside, and how it is driven to the end of an input.
enum FuzzedReader: String, CaseIterable {
  case csv
  case jsonLines = "jsonlines"
  case parquet
  case arrowFile = "arrow-file"
  case arrowStream = "arrow-stream"
  case gzip
  case zstd
  case kll
  case hyperLogLog = "hyperloglog"
  case frequentItems = "frequent-items"

  /// Safe because: it is set once, before the first input, and libFuzzer uses one thread.
  nonisolated(unsafe) static var selected = csv

  func read(_ bytes: [UInt8]) throws(ScanError) {
    switch self {
    case .csv: readCSV(bytes)
    case .jsonLines: readJSONLines(bytes)
    case .parquet: try readParquet(try ScratchFile.shared.file(bytes))
    case .arrowFile: try TableReading.read(ArrowFileReader(try ScratchFile.shared.file(bytes)))
    case .arrowStream: try TableReading.read(ArrowStreamReader(MemorySource(bytes)))
    case .gzip: readCompressed(bytes, .gzip)
    case .zstd: readCompressed(bytes, .zstd)
    case .kll: try readKLL(bytes)
    case .hyperLogLog: try readHyperLogLog(bytes)
    case .frequentItems: try readFrequentItems(bytes)
    }
  }
}
