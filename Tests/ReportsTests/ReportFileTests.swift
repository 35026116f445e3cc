import Glibc
import Reports
import Testing
import Verdict

@Suite struct ReportFileTests {
  /// A report that is refused by its own check.
  private struct Refused: Report {
    func render(_ result: RunResult) throws(ReportError) -> [UInt8] { Array("half".utf8) }
    func check(_ document: [UInt8]) throws(ReportError) { throw .rejected("not good") }
  }

  private func text(_ path: String) throws -> String { String(decoding: try TestFiles.bytes(path), as: UTF8.self) }

  @Test(arguments: ReportFormat.allCases) func writesWhatIsRendered(format: ReportFormat) throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/new/deep/report"
      try ReportFile.write(format.report, of: SampleRun.run, to: path)
      #expect(try TestFiles.bytes(path) == format.report.render(SampleRun.run))
      try ReportFile.write(format.report, of: SampleRun.brokenConfig, to: path)
      #expect(try TestFiles.bytes(path) == format.report.render(SampleRun.brokenConfig))
      #expect(TestFiles.names(in: folder + "/new/deep") == ["report"], "no temporary file stays")
    }
  }

  @Test func aRefusedReportLeavesTheEarlierOne() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/report"
      try ReportFile.write(Array("earlier".utf8), to: path)
      #expect(throws: ReportError.rejected("not good")) {
        try ReportFile.write(Refused(), of: SampleRun.run, to: path)
      }
      #expect(try text(path) == "earlier")
      #expect(TestFiles.names(in: folder) == ["report"])
    }
  }

  @Test func theCheckSeesWhatIsOnTheDiskWhileTheEarlierReportIsStillThere() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/report"
      try ReportFile.write(Array("earlier".utf8), to: path)
      var seen: [String] = []
      try ReportFile.write(Array("later".utf8), to: path) { bytes throws(ReportError) in
        seen = [String(decoding: bytes, as: UTF8.self), (try? text(path)) ?? ""]
      }
      #expect(seen == ["later", "earlier"])
      #expect(try text(path) == "later")
    }
  }

  @Test func aFolderIsNoFile() throws {
    try TestFiles.withFolder { folder in
      let error = #expect(throws: ReportError.self) { try ReportFile.write([], to: folder) }
      #expect(error?.description.contains("Name a file, not a folder.") == true)
      let below = folder + "/file/report"
      try ReportFile.write([], to: folder + "/file")
      let other = #expect(throws: ReportError.self) { try ReportFile.write([], to: below) }
      #expect(other?.description.contains("is a file, not a folder") == true)
    }
  }

  @Test func aReadOnlyFolderIsLeftAlone() throws {
    // The superuser may write everywhere but into the kernel's own folders.
    if geteuid() == 0 {
      #expect(throws: ReportError.self) { try ReportFile.write([1], to: "/proc/cupel-report") }
      return
    }
    try TestFiles.withFolder { folder in
      try ReportFile.write(Array("earlier".utf8), to: folder + "/report")
      chmod(folder, 0o500)
      let error = #expect(throws: ReportError.self) { try ReportFile.write([1], to: folder + "/report") }
      #expect(error?.description.contains("may write to") == true)
      #expect(try text(folder + "/report") == "earlier")
    }
  }

  @Test func aFullDiskIsNamed() {
    let error = #expect(throws: ReportError.self) {
      try ReportFile.write(TerminalReport(), of: SampleRun.run, to: "/dev/full")
    }
    #expect(error?.description.contains("Free some space") == true)
  }

  @Test func aDeviceIsWrittenToAndNotReplaced() throws {
    try ReportFile.write([1, 2, 3], to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func aLinkKeepsPointing() throws {
    try TestFiles.withFolder { folder in
      try ReportFile.write(Array("earlier".utf8), to: folder + "/real/report")
      #expect(symlink("real/report", folder + "/link") == 0)
      try ReportFile.write(Array("later".utf8), to: folder + "/link")
      #expect(try text(folder + "/real/report") == "later")
      var status = stat()
      #expect(lstat(folder + "/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }
  }

  @Test func permissionsStay() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/report"
      try ReportFile.write([1], to: path)
      chmod(path, 0o600)
      try ReportFile.write([2], to: path)
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
  }

  @Test(arguments: ["", "a\u{0}b", String(repeating: "x", count: 5000)]) func badPathsAreErrors(path: String) {
    let error = #expect(throws: ReportError.self) { try ReportFile.write([1], to: path) }
    #expect(error?.description.contains("\u{0}") == false)
  }
}
