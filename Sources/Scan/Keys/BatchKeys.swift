/// The keys of a batch's rows: the values of some columns as bytes, equal exactly when all the values are.
///
/// A key of several columns has the length of each value before it, so that ("a", "bc") and ("ab", "c") differ; so has
/// one in which a null is a value, of which the length says that it is none. A text is its bytes, a number is written
/// out: what a person is shown of a key is read back from it.
struct BatchKeys {
  /// All keys one after another.
  private(set) var bytes: [UInt8] = []
  /// Where each key ends.
  private(set) var ends: [Int32] = []
  /// The row of each key; rows with a null in one of the columns have none, unless it is a value like any other.
  private(set) var rows: [Int32] = []

  /// The keys of a batch as they are kept until all keys are known.
  enum Noted {
    case ascending(AscendingKeys)
    case scattered(KeySegment)

    /// Where the batch stands.
    mutating func move(after origin: RowPlace) {
      switch self {
      case .ascending(var keys):
        keys.origin = keys.origin.moved(after: origin)
        self = .ascending(keys)
      case .scattered(var segment):
        segment.origin = segment.origin.moved(after: origin)
        self = .scattered(segment)
      }
    }
  }

  /// How values are written: as a person is shown them, or else.
  struct Form: Sendable {
    /// Equal values of different types are the same: numbers and times without zeros behind the point, `1.0` as `1`.
    var joinsTypes = false
    /// A null is a value, equal to other nulls.
    var nullsAreValues = false
    /// The declared types of columns, by which the texts of text files are compared: as values, `1.0` as `1`. The text
    /// of any other column is the value, and stays as it is.
    var types: [String: ValueType] = [:]

    static let shown = Form()
    static let joined = Form(joinsTypes: true)
  }

  /// The keys of the rows, and how many there are.
  ///
  /// - Parameters:
  ///   - companions: further columns, without whose values a row has no key.
  ///   - records: as what they are kept: as `counted` ones, of which equal ones are kept once, or as `key`s.
  ///   - kept: which of the scattered keys are.
  static func noted(
    _ names: [String], _ batch: Batch, _ form: Form = .shown, beside companions: [String] = [],
    as records: KeyRecord = .key, keeping kept: (BatchKeys) -> BatchKeys = { $0 }
  ) -> (keys: Noted, count: Int) {
    if names.count == 1, companions.isEmpty, !form.nullsAreValues, let column = batch.stored(names[0]),
      let keys = AscendingKeys(column, batch)
    {
      return (.ascending(keys), keys.count)
    }
    let keys = BatchKeys(names, batch, form, beside: companions)
    let noted = kept(keys)
    let segment = KeySegment(keys: noted.bytes, ends: noted.ends, rows: noted.rows, batch: batch, of: records)
    return (.scattered(segment), keys.rows.count)
  }

  init() {}

  mutating func reserve(_ bytes: Int, _ keys: Int) {
    self.bytes.reserveCapacity(bytes)
    ends.reserveCapacity(keys)
    rows.reserveCapacity(keys)
  }

  /// Adds a key of others, and behind it its group and how many further rows have it. Before a group stands the key's
  /// length.
  mutating func append(_ other: BatchKeys, _ key: Int, of group: RowGroup? = nil, further: Int? = nil) {
    let (start, end) = (Int(key == 0 ? 0 : other.ends[key - 1]), Int(other.ends[key]))
    if group != nil {
      bytes.append(contentsOf: [0, 0, 0, 0])
      bytes.setLength(UInt32(clamping: end - start), at: bytes.count - 4)
    }
    bytes.append(contentsOf: other.bytes[start..<end])
    if let group { bytes.append(contentsOf: group.bytes) }
    if let further { KeyRecord.append(further: further, to: &bytes) }
    ends.append(Int32(clamping: bytes.count))
    rows.append(other.rows[key])
  }

  /// The keys of some rows.
  init(_ columns: [KeyColumn], _ rows: [Int32], _ form: Form, beside companions: [KeyColumn]) {
    for row in rows where KeyColumn.append(Int(row), columns, form, beside: companions, to: &bytes) {
      ends.append(Int32(clamping: bytes.count))
      self.rows.append(row)
    }
  }

  init(_ names: [String], _ batch: Batch, _ form: Form = .shown, beside companions: [String] = []) {
    let columns = KeyColumn.columns(names, batch, form)
    let others = KeyColumn.columns(companions, batch, form)
    ends.reserveCapacity(batch.rowCount)
    rows.reserveCapacity(batch.rowCount)
    let isPlain = columns.count == 1 && others.isEmpty && !form.nullsAreValues
    if isPlain, case .texts(let text) = columns[0].values, columns[0].isPlainText {
      addTexts(text)
    } else if isPlain, case .integers(let integers) = columns[0].values,
      case .integer(_, isSigned: true) = columns[0].field.type
    {
      addIntegers(integers)
    } else {
      for row in 0..<batch.rowCount where KeyColumn.append(row, columns, form, beside: others, to: &bytes) {
        ends.append(Int32(clamping: bytes.count))
        rows.append(Int32(clamping: row))
      }
    }
  }

  /// The most frequent case, without a copy of the column for every row.
  private mutating func addTexts(_ text: TextColumn) {
    text.bytes.withUnsafeBufferPointer { source in
      for row in 0..<text.rowCount {
        guard let range = text.range(row) else { continue }
        // Safe because: the ranges of a column lie in its bytes.
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[range]))
        ends.append(Int32(clamping: bytes.count))
        rows.append(Int32(clamping: row))
      }
    }
  }

  private mutating func addIntegers(_ column: Column<Int64>) {
    for row in column.states.indices where column.states[row] == CellState.valid.rawValue {
      bytes.append(decimal: column.values[row])
      ends.append(Int32(clamping: bytes.count))
      rows.append(Int32(clamping: row))
    }
  }

  /// The values that a key of `count` columns was made of, as a person reads them.
  static func values(of key: [UInt8], count: Int, nullsAreValues: Bool = false) -> [String?] {
    guard count > 1 || nullsAreValues else { return [Batch.display(key[...])] }
    var values: [String?] = []
    var rest = key[...]
    while rest.count >= 4 {
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      if length == Int(KeyColumn.null) {
        values.append(nil)
        continue
      }
      values.append(Batch.display(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return values
  }
}
