/// Decodes the values of one column chunk. `ColumnPages` gives it the dictionary, when there is one, and then one data
/// page after the other.
protocol PageValues {
  /// Takes the dictionary: `count` PLAIN values in a range of the bytes.
  mutating func setDictionary(_ bytes: [UInt8], _ range: Range<Int>, count: Int) throws(PageFault)
  /// Begins with the values of a data page, which are in a range of the bytes. Nulls have none.
  mutating func begin(_ bytes: [UInt8], _ range: Range<Int>, encoding: PageEncoding) throws(PageFault)
}
