extension TableFile {
  /// How many first bytes tell every format and compression.
  private static let signatureBytes = 16

  /// Opens the file with the reader of its format. The first bytes decide which it is, not the name; text that is no
  /// JSON is CSV.
  package func open(_ options: TableOptions) throws(ScanError) -> any TableReader {
    let file = try FileSource(path: path, displayedAs: name)
    var source: any ByteSource = file
    var first = try PeekedSource.peek(Self.signatureBytes, of: &source)
    source = PeekedSource(first, then: source)
    let compression = Compression.detect(first)
    if let compression {
      source = try Decompressor(source, compression)
      first = try PeekedSource.peek(Self.signatureBytes, of: &source)
      source = PeekedSource(first, then: source)
    }
    switch try format(of: first, options) {
    case .parquet: return try ParquetReader(try randomAccess(compression, "Parquet"))
    case .arrow:
      if first.starts(with: Array("ARROW1".utf8)) { return try ArrowFileReader(try randomAccess(compression, "Arrow")) }
      return try ArrowStreamReader(source, temporaryFolder: options.temporaryFolder)
    case .jsonLines: return try openJSONLines(source, options)
    case .tsv, .csv:
      var dialect = options.dialect
      if options.format == .tsv { dialect.delimiter = UInt8(ascii: "\t") }
      return try CSVReader(source, dialect: dialect)
    }
  }

  private func format(of first: [UInt8], _ options: TableOptions) throws(ScanError) -> TableFormat {
    if let format = options.format { return format }
    if first.starts(with: Array("PAR1".utf8)) || first.starts(with: Array("PARE".utf8)) { return .parquet }
    if first.starts(with: Array("ARROW1".utf8)) || first.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) { return .arrow }
    let isNamedText = isNamed(".csv") || isNamed(".tsv")
    // A byte order mark says nothing of the format.
    let text = first.starts(with: [0xEF, 0xBB, 0xBF]) ? first.dropFirst(3) : first[...]
    let byte = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if byte == UInt8(ascii: "["), !isNamedText {
      throw ScanError(
        .malformed, "\(name) looks like one JSON array; rows are read from JSON Lines, an object a line",
        hint: "jq -c '.[]' \(name) writes them; if it is CSV, say format: csv")
    }
    // Of text, the name decides where the first byte does not.
    if isNamed(".jsonl") || isNamed(".ndjson") { return .jsonLines }
    return byte == UInt8(ascii: "{") && !isNamedText ? .jsonLines : .csv
  }

  /// Whether the file's own name has the ending, before that of a compression.
  package func isNamed(_ ending: String) -> Bool {
    var last = (name.split(separator: "/").last ?? "").lowercased()
    for compression in [".gz", ".zst"] where last.hasSuffix(compression) { last.removeLast(compression.count) }
    return last.hasSuffix(ending)
  }

  /// A file that is read at many places cannot come through a pipe or a decompressor.
  private func randomAccess(_ compression: Compression?, _ format: String) throws(ScanError) -> RandomAccessFile {
    guard compression == nil, path != "-" else {
      throw ScanError(
        .unreadable, "\(name) is \(format), which is read at many places at once, not as a stream",
        hint: compression == nil ? "save it to a file first" : "decompress it first; \(format) compresses by itself")
    }
    return try RandomAccessFile(path: path, displayedAs: name)
  }

  /// Whether there is more than one reading of it: a pipe is empty the second time.
  package var canBeReadAgain: Bool { path != "-" && (try? RandomAccessFile(path: path, displayedAs: name)) != nil }

  /// The columns of JSON Lines are the keys of its first rows, and of all rows when an expected one is not among these.
  /// Objects that are expected are read as a whole, too.
  private func openJSONLines(_ source: any ByteSource, _ options: TableOptions) throws(ScanError) -> JSONLinesReader {
    var reader = try JSONLinesReader(source)
    if options.wantsAllColumns || !reader.hasAll(options.expectedColumns), canBeReadAgain {
      let names = try JSONLinesReader.keys(of: try decompressed(), sampleBytes: nil)
      reader = JSONLinesReader(try decompressed(), fields: names)
    }
    reader.readWhole(options.expectedColumns)
    if options.readsObjects { reader.readWhole(reader.outermostObjects) }
    return reader
  }

  /// The first bytes of a CSV file as text, as many as are asked for, and whether they are all; nil when it is none, or
  /// can be read only once.
  func beginning(
    _ count: Int, _ options: TableOptions
  ) throws(ScanError) -> (bytes: [UInt8], isWhole: Bool)? {
    guard canBeReadAgain else { return nil }
    var source = try decompressed()
    let first = try PeekedSource.peek(Self.signatureBytes, of: &source)
    guard try format(of: first, options) == .csv else { return nil }
    source = PeekedSource(first, then: source)
    if options.dialect.encoding != .utf8 { source = Transcoder(source, from: options.dialect.encoding) }
    let bytes = try PeekedSource.peek(count, of: &source)
    return (bytes, bytes.count < count)
  }

  /// The file from its beginning once more, as text.
  private func decompressed() throws(ScanError) -> any ByteSource {
    var source: any ByteSource = try FileSource(path: path, displayedAs: name)
    let first = try PeekedSource.peek(Compression.signatureBytes, of: &source)
    source = PeekedSource(first, then: source)
    guard let compression = Compression.detect(first) else { return source }
    return try Decompressor(source, compression)
  }
}
