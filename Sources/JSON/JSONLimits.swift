/// How much a JSON text may ask of its reader.
package struct JSONLimits: Sendable {
  /// How deep arrays and objects may be nested.
  package var maximumDepth: Int
  /// How many bytes the text may have.
  package var maximumBytes: Int

  /// 512 levels and 256 MiB, unless told otherwise.
  package init(maximumDepth: Int = 512, maximumBytes: Int = 256 << 20) {
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
  }
}
