@testable import Scan

/// Reads in every encoding, with blocks of two sizes: where they end must not show.
func readCSV(_ bytes: [UInt8]) {
  let dialects = [
    CSVDialect(), CSVDialect(delimiter: UInt8(ascii: "\t"), hasHeader: false, nullValues: ["NA"]),
    CSVDialect(encoding: .latin1), CSVDialect(encoding: .utf16),
  ]
  for dialect in dialects {
    let whole = TableReading { () throws(ScanError) in
      try CSVReader(MemorySource(bytes), dialect: dialect, blockBytes: 1 << 16)
    }
    let inPieces = TableReading { () throws(ScanError) in
      try CSVReader(MemorySource(bytes), dialect: dialect, blockBytes: 7)
    }
    // A larger block meets the end of broken UTF-16, and a NUL byte in the first block, earlier.
    if let error = whole.error, dialect.encoding == .utf16 || error.message.contains("is binary") { continue }
    require(whole == inPieces, "the blocks show: \(whole) and \(inPieces)")
  }
}

/// Reads the columns of the whole input, with blocks of two sizes: where they end must not show.
func readJSONLines(_ bytes: [UInt8]) {
  guard let names = try? JSONLinesReader.keys(of: MemorySource(bytes), sampleBytes: nil) else { return }
  // Every column is read from every row, so a few of very many are enough.
  let paths = Array(names.prefix(100))
  let whole = TableReading { JSONLinesReader(MemorySource(bytes), fields: paths, blockBytes: 1 << 16) }
  let inPieces = TableReading { JSONLinesReader(MemorySource(bytes), fields: paths, blockBytes: 7) }
  require(whole == inPieces, "the blocks show: \(whole) and \(inPieces)")
}
