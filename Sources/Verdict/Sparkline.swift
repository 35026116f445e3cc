/// A series as a line of blocks: `▁▃▂▄█`, from its smallest value to its largest.
package struct Sparkline: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// - Parameter width: the most blocks; of a longer series the newest values are shown.
  package init(_ values: [Double], width: Int = 40) {
    let shown = values.suffix(max(0, width))
    let finite = shown.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    description = String(
      shown.map { value -> Character in
        guard value.isFinite else { return "?" }
        // Halved first, so that no difference overflows. A series that does not vary runs along the middle.
        let (range, height) = (high / 2 - low / 2, value / 2 - low / 2)
        guard range > 0 else { return Self.blocks[3] }
        return Self.blocks[min(Self.blocks.count - 1, Int(height / range * Double(Self.blocks.count)))]
      })
  }
}
