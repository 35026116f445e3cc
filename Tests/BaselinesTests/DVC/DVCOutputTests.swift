import Testing

@testable import Baselines

@Suite struct DVCOutputTests {
  /// As DVC 3.67 writes it.
  @Test func readsTheOutputsOfALockAndNothingElse() {
    let lock = """
      schema: '2.0'
      stages:
        train:
          cmd: sh t.sh
          deps:
          - path: dir
            hash: md5
            md5: afc864ff6626f2ce27c6ec93c4c0b997.dir
            size: 10
            nfiles: 2
          outs:
          - path: metrics.json
            hash: md5
            md5: e9360362239e19138052e54559462475
            size: 11
          - path: "res/it's: me.json"
            hash: md5
            md5: 7817364482ae477859e8d64edc7d941b
            size: 11
        later:
          cmd: echo
          outs:
          - path: 'it''s'
          params:
            outs.yaml:
              md5: 1
      """
    #expect(
      DVCOutput.list(in: Array(lock.utf8)) == [
        DVCOutput(path: "metrics.json", digest: "e9360362239e19138052e54559462475", size: 11),
        DVCOutput(path: "res/it's: me.json", digest: "7817364482ae477859e8d64edc7d941b", size: 11),
        DVCOutput(path: "it's"),
      ])
  }

  @Test func readsADVCFileWithMoreThanItNeeds() {
    let file = """
      md5: 00000000000000000000000000000000
      outs:
      - md5: 4588ff3797b78d819d858fa3bdd82b09
        size: 8
        cloud:
          s3:
            path: other
        files:
        - relpath: a
          md5: 11111111111111111111111111111111
        hash: md5
        path: m.json
      meta:
        path: x
      """
    #expect(
      DVCOutput.list(in: Array(file.utf8)) == [
        DVCOutput(path: "m.json", digest: "4588ff3797b78d819d858fa3bdd82b09", size: 8)
      ])
  }

  @Test(arguments: [
    "", "outs:", "outs:\n- ", "outs:\n  x: 1\n-", "- a\nouts: []", "\u{0}\u{FF}: -", "outs:\n-  \n  path:",
  ])
  func whatIsNoneHasNone(text: String) {
    #expect(DVCOutput.list(in: Array(text.utf8)).isEmpty)
  }

  @Test func aDigestIsNoPath() {
    #expect(DVCOutput.isDigest("4588ff3797b78d819d858fa3bdd82b09"))
    #expect(DVCOutput.isDigest("afc864ff6626f2ce27c6ec93c4c0b997.dir"))
    for text in ["", ".dir", "../../../../../etc/passwd.......", "4588FF3797b78d819d858fa3bdd82b09", "4588ff"] {
      #expect(!DVCOutput.isDigest(text))
    }
  }
}
