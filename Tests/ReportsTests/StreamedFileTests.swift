import Reports
import Testing

@Suite struct StreamedFileTests {
  private func text(_ path: String) throws -> String { String(decoding: try TestFiles.bytes(path), as: UTF8.self) }

  @Test func anEarlierFileStaysUntilTheNewOneIsFinished() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/deep/rows.csv"
      try ReportFile.write(Array("earlier".utf8), to: path)
      let file = try StreamedFile(path: path)
      try file.write(Array("a\n".utf8))
      #expect(try text(path) == "earlier")
      try file.write(Array("b\n".utf8))
      try file.finish()
      #expect(try text(path) == "a\nb\n")
      #expect(TestFiles.names(in: folder + "/deep") == ["rows.csv"])
    }
  }

  @Test func anUnfinishedFileLeavesNothing() throws {
    try TestFiles.withFolder { folder in
      do {
        let file = try StreamedFile(path: folder + "/rows.csv")
        try file.write([1, 2, 3])
      }
      #expect(TestFiles.names(in: folder) == [])
    }
  }

  @Test func whatCannotBeWrittenSaysWhy() throws {
    try TestFiles.withFolder { folder in
      #expect(throws: ReportError.self) { try StreamedFile(path: folder) }
      let full = try StreamedFile(path: "/dev/full")
      #expect(throws: ReportError.self) { try full.write([1]) }
    }
  }
}
