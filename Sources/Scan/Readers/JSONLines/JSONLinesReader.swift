/// Reads JSON Lines: one JSON object a line (https://jsonlines.org, RFC 8259).
///
/// Columns are the paths of the objects' values, `a.b` for the key `b` in the object at `a`; a dot in a key reads
/// the same. Objects at a path that is asked for, and arrays, are JSON text. A key that is absent and JSON's `null`
/// are both nulls. Blank lines are no rows; every other line that is no object is a defect of its own, and so is one with
/// two values for one path, or for one key of an object in an array, of which every reader takes another one. Paths that
/// first occur behind the rows that named the columns are told as late columns.
package struct JSONLinesReader: TableReader {
  package private(set) var fields: [Field]
  package var name: String { blocks.source.name }

  private var blocks: LineBlocks
  /// Blocks that were read to learn the keys.
  private var sample: ArraySlice<LineBlocks.Block> = []
  private static let blockBytes = 1 << 20
  private static let blocksPerChunk = 4
  private static let sampledBlocks = 8
  /// No power of two, which would make the columns of a batch compete for the same lines of the cache.
  private static let rowsPerBatch = 16_272

  /// Opens the source and takes its columns from the objects in the first 8 MiB, in the order of their appearance.
  package init(_ source: any ByteSource) throws(ScanError) {
    try self.init(source, blockBytes: Self.blockBytes)
  }

  init(_ source: any ByteSource, blockBytes: Int) throws(ScanError) {
    self.init(source, fields: [], blockBytes: blockBytes)
    var discovery = try KeyDiscovery()
    while sample.count < Self.sampledBlocks, let block = try blocks.next() {
      try discovery.add(block)
      sample.append(block)
    }
    fields = try discovery.paths(name).map { Field($0, .tokens) }
  }

  /// Opens the source with columns that are known already, whether or not its objects have them.
  package init(_ source: any ByteSource, fields paths: [String]) {
    self.init(source, fields: paths, blockBytes: Self.blockBytes)
  }

  init(_ source: any ByteSource, fields paths: [String], blockBytes: Int) {
    blocks = LineBlocks(source, blockBytes: blockBytes)
    fields = paths.map { Field($0, .tokens) }
  }

  /// Whether each of some paths is that of a column, or of an object with columns in it.
  func hasAll(_ paths: [String]) -> Bool {
    let known = Set(fields.map { ExactText($0.name) })
    let others = paths.filter { !known.contains(ExactText($0)) }
    return others.isEmpty || objects.isSuperset(of: others.map { ExactText($0) })
  }

  /// Reads the objects among some paths as a whole, beside their fields.
  mutating func readWhole(_ paths: [String]) {
    var taken = Set(fields.map { ExactText($0.name) })
    let others = paths.filter { taken.insert(ExactText($0)).inserted }
    guard !others.isEmpty else { return }
    let objects = objects
    fields += others.filter { objects.contains(ExactText($0)) }.map { Field($0, .tokens, isWhole: true) }
  }

  /// The keys of objects that have columns in them and lie in none themselves.
  var outermostObjects: [String] {
    fields.compactMap { field in field.name.firstIndex(of: ".").map { String(field.name[..<$0]) } }
  }

  /// The paths of the objects that have columns in them.
  private var objects: Set<ExactText> {
    var objects = Set<ExactText>()
    for field in fields {
      for point in field.name.indices where field.name[point] == "." {
        objects.insert(ExactText(String(field.name[..<point])))
      }
    }
    return objects
  }

  package mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    var taken: [LineBlocks.Block] = []
    while taken.count < Self.blocksPerChunk {
      guard let block = try nextBlock() else { break }
      taken.append(block)
    }
    guard !taken.isEmpty else { return nil }
    let names = fields.map(\.name)
    return JSONLinesChunk(
      paths: columns.map { names[$0] }, known: names, blocks: taken, maximumRows: Self.rowsPerBatch)
  }

  private mutating func nextBlock() throws(ScanError) -> LineBlocks.Block? {
    if let block = sample.popFirst() { return block }
    return try blocks.next()
  }

  /// The paths of the values in the first `sampleBytes` of a source, of the whole source when that is nil: what `init`
  /// finds when it is not told. O(bytes); the memory is that of the keys.
  package static func keys(of source: any ByteSource, sampleBytes: Int?) throws(ScanError) -> [String] {
    var blocks = LineBlocks(source, blockBytes: blockBytes)
    var discovery = try KeyDiscovery()
    var bytes = 0
    while bytes < sampleBytes ?? .max, let block = try blocks.next() {
      try discovery.add(block)
      bytes += block.end
    }
    return try discovery.paths(source.name)
  }
}

/// Collects the paths that the objects of some blocks have.
private struct KeyDiscovery {
  private let decoder: JSONLinesDecoder
  private var objects = 0
  private var firstDefect: RecordDefect?
  private var line = 0

  init() throws(ScanError) {
    decoder = try JSONLinesDecoder(paths: nil, rowCapacity: .max)
  }

  mutating func add(_ block: LineBlocks.Block) throws(ScanError) {
    var offset = block.start
    while offset < block.end {
      let step = try decoder.decode(block, from: offset, line: line)
      objects += step.rowCount
      firstDefect = firstDefect ?? step.defects.first
      (offset, line) = (step.offset, step.line)
    }
  }

  /// The paths; an error when there was not one object to learn them from.
  func paths(_ name: String) throws(ScanError) -> [String] {
    if objects == 0, let firstDefect {
      throw ScanError(
        .malformed,
        "\(name):\(firstDefect.line + 1): no line is a JSON object to read, the first one has \(firstDefect.what)",
        hint: "JSON Lines holds one object a line; a JSON array becomes that with: jq -c '.[]'")
    }
    guard objects > 0 else {
      throw ScanError(.malformed, "\(name) is empty", hint: "a table needs at least one row")
    }
    return decoder.paths
  }
}
