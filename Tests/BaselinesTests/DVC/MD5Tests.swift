import Testing

@testable import Baselines

/// The test suite of RFC 1321, appendix A.5, and contents around the size of a block in pieces of every size.
@Suite struct MD5Tests {
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    (
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"
    ),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func vectors(_ text: String, _ digest: String) {
    var whole = MD5()
    whole.update(text.utf8)
    #expect(whole.finish() == digest)
  }

  // As md5sum says of so many zeros.
  @Test(arguments: [
    (55, "c9ea3314b91c9fd4e38f9432064fd1f2"),
    (56, "e3c4dd21a9171fd39d208efa09bf7883"),
    (57, "ab9d8ef2ffa9145d6c325cefa41d5d4e"),
    (63, "65cecfb980d72fde57d175d6ec1c3f64"),
    (64, "3b5d3c7d207e37dceeedd301e35e2e58"),
    (65, "1ef5e829303a139ce967440e0cdca10c"),
    (119, "8271cb2e6a546123b43096a2efce39d2"),
    (120, "222f7d881ded1871724a1b9a1cb94247"),
    (1000, "ede3d3b685b4e137ba4cb2521329a75e"),
  ])
  func bordersOfBlocks(_ count: Int, _ digest: String) {
    for size in [1, 7, 63, 64, 65, 1000] {
      var pieces = MD5()
      for start in stride(from: 0, to: count, by: size) {
        pieces.update(repeatElement(UInt8(0), count: min(size, count - start)))
      }
      #expect(pieces.finish() == digest)
    }
  }
}
