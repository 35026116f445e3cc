internal import CKernels

/// Rows as CSV by RFC 4180, with a header, commas and line feeds.
///
/// A null is an empty field, an empty text is two quotes, and what means null in the source is quoted where it is text,
/// so that what is written reads back as the same rows. In a table of one column a null would be a blank line, which some
/// readers pass over: there it is a word that means null in the source, when it has one.
struct CSVRows: RowWriter {
  let header: [UInt8]
  var isPlainText: Bool { true }
  private let style: Style

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ fields: [Field], nullWords: [String]) {
    let words = nullWords.map { Array($0.utf8) }
    style = Style(quoted: words, null: fields.count == 1 ? words.first ?? [] : [])
    let names = fields.map { Array($0.name.utf8) }
    // A byte-order mark in quotes is a part of the first name.
    let marked = names.prefix(1).filter { $0.starts(with: Self.byteOrderMark) }
    header = Style(quoted: Array(marked), null: []).text(
      1, names.map { RowTexts(TextColumn(bytes: $0, starts: [0], ends: [Int32(clamping: $0.count)]), places: [0]) })
  }

  func text(_ rows: [Int32], of columns: [RowColumn]) -> [UInt8] {
    style.text(rows.count, columns.map { $0.texts(of: rows) })
  }

  /// How fields are written, for the kernel.
  private struct Style {
    /// What is quoted although it is plain: the texts, one after the other, and where each ends.
    private let quoted: [UInt8]
    private let quotedEnds: [Int32]
    private let null: [UInt8]

    init(quoted words: [[UInt8]], null: [UInt8]) {
      quoted = Array(words.joined())
      var end = 0
      quotedEnds = words.map { word in
        end += word.count
        return Int32(clamping: end)
      }
      self.null = null
    }

    /// Some rows: the texts of each column in their order. O(bytes).
    func text(_ rowCount: Int, _ columns: [RowTexts]) -> [UInt8] {
      withKernelStyle { style in
        // The length of each row, and then the place where its next field begins.
        var cursors = [Int64](repeating: 0, count: rowCount)
        var quoted = columns.map { _ in [UInt8](repeating: 0, count: rowCount) }
        for (index, column) in columns.enumerated() {
          let texts = column.texts
          ck_measure_csv_fields(
            texts.bytes, texts.starts, texts.ends, column.places, rowCount, style, &quoted[index], &cursors)
        }
        var end: Int64 = 0
        for row in cursors.indices {
          let length = cursors[row]
          cursors[row] = end
          end += length
        }
        return [UInt8](unsafeUninitializedCapacity: Int(end)) { text, filled in
          for (index, column) in columns.enumerated() {
            let texts = column.texts
            let separator = UInt8(ascii: index == columns.count - 1 ? "\n" : ",")
            ck_write_csv_fields(
              texts.bytes, texts.starts, texts.ends, column.places, quoted[index], rowCount, style, separator,
              text.baseAddress, &cursors)
          }
          filled = Int(end)
        }
      }
    }

    private func withKernelStyle(_ body: (UnsafePointer<ck_csv_style>) -> [UInt8]) -> [UInt8] {
      // Safe because: the pointers do not outlive the call, and the kernel writes as many bytes as it measured.
      quoted.withUnsafeBufferPointer { quoted in
        quotedEnds.withUnsafeBufferPointer { ends in
          null.withUnsafeBufferPointer { null in
            var style = ck_csv_style(
              quoted: quoted.baseAddress, quoted_ends: ends.baseAddress, quoted_count: ends.count,
              null: null.baseAddress, null_size: null.count)
            return body(&style)
          }
        }
      }
    }
  }
}
