import Planning
import Scan
import TestSupport
import Testing

@testable import Profiles

@Suite struct DifferingFilesTests {
  /// What one file has and another has not is no missing value.
  @Test(arguments: [
    ("a,b\n1,2\n", "a,c\n1,2\n", false), ("a,b\n1,2\n", "a\n1\n", false), ("a,b\n1,2\n", "b,a\n1,2\n", true),
    ("a,b\n1,2\n", "a,b\n3,4\n5\n", true),
  ])
  func filesThatDifferInTheirColumnsHaveNoProfile(first: String, second: String, isOne: Bool) async throws {
    let folder = try TemporaryFolder()
    let files = try [(first, "1.csv"), (second, "2.csv")].map { text, name in
      TableFile(path: try folder.write(text, to: name), displayedAs: name)
    }
    var scan = NativeScan(TableSource(files: files, named: "*.csv"), ScanResources())
    do {
      let profile = try await Profile(of: &scan, named: "*.csv")
      #expect(isOne && profile.rows == 2)
    } catch {
      #expect(!isOne && error.message.contains("the files of *.csv differ in their columns"), "\(error)")
    }
  }
}
