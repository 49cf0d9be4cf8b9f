import Foundation
import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("PhotoLocation and PhotoFolder")
struct PhotoFolderTests {
    private func image(_ file: String?, coco: String? = nil, absolute: String? = nil) -> COCOImage {
        COCOImage(id: 1, width: 10, height: 10, fileName: file, cocoURL: coco, absoluteURL: absolute)
    }

    @Test("absolute_url comes before an http(s) coco_url, that before file_name, and a datastore last")
    func preference() {
        let web = "https://h.invalid/c/a.jpg"
        let other = "HTTP://h.invalid/c/b.jpg"
        let store = "AmlDatastore://store/c/a.jpg"
        #expect(image("a.jpg", coco: other, absolute: web).location == .web(web))
        #expect(image("a.jpg", coco: store, absolute: web).location == .web(web))
        #expect(image("a.jpg", coco: other).location == .web(other))
        #expect(image("a.jpg", coco: other, absolute: "").location == .web(other))
        #expect(image("a.jpg", coco: store).location == .file("a.jpg"))
        #expect(image(nil, coco: store).location == .datastore(store: "store", path: "c/a.jpg"))
        #expect(image("a.jpg", coco: "file:///etc/passwd").location == .file("a.jpg"))
        #expect(image(nil, coco: "gs://bucket/a.jpg").location == nil)
    }

    @Test(
        "An address without a host or a path is none",
        arguments: ["http://", "https:///x", "a.jpg", "", "AmlDatastore://s"])
    func notAddresses(address: String) {
        #expect(PhotoLocation(address: address) == nil)
    }

    @Test("Photos are found by name, path, decoded name and the end of an address")
    func finds() throws {
        let temporary = try TemporaryFolder()
        for name in ["a.jpg", "x/b.jpg", "c d.jpg", "50%25.jpg", "é.jpg"] { _ = try temporary.file(name, name) }
        let folder = try PhotoFolder(path: temporary.path + "/")
        func found(_ image: COCOImage) -> String? {
            folder.file(of: image).map { String($0.dropFirst(folder.path.count + 1)) }
        }
        #expect(found(image("a.jpg")) == "a.jpg")
        #expect(found(image("x/b.jpg")) == "x/b.jpg")
        #expect(found(image("x\\b.jpg")) == "x/b.jpg")
        #expect(found(image("training/a.jpg")) == "a.jpg")
        #expect(found(image("c%20d.jpg")) == "c d.jpg")
        #expect(found(image("50%25.jpg")) == "50%25.jpg")
        #expect(found(image("%C3%A9.jpg")) == "é.jpg")
        #expect(found(image(nil, coco: "http://h.invalid/container/x/b.jpg?sv=1&sig=a/b")) == "x/b.jpg")
        #expect(found(image(nil, coco: "AmlDatastore://store/some/where/c%20d.jpg")) == "c d.jpg")
        #expect(found(image("gone.jpg", absolute: "https://h.invalid/a.jpg#x")) == "a.jpg")
        #expect(found(image("gone.jpg")) == nil)
        #expect(found(image("x")) == nil, "a folder is no photo")
    }

    @Test("Nothing a label file says leads out of the folder")
    func staysInside() throws {
        let temporary = try TemporaryFolder()
        let secret = try temporary.file("secret.jpg", "secret")
        _ = try temporary.file("photos/a.jpg", "a")
        let folder = try PhotoFolder(path: temporary.path + "/photos")
        for name in [
            "../secret.jpg", secret, "x/../../secret.jpg", "..\\secret.jpg", "%2e%2e/secret.jpg", "..%2Fsecret.jpg",
            "secret.jpg\0", "C:\\secret.jpg", ".", "..", "",
        ] {
            #expect(folder.file(of: image(name)) == nil, "\(name)")
            #expect(folder.file(of: image(nil, coco: "http://h.invalid/\(name)")) == nil, "\(name)")
            #expect(folder.file(of: image(nil, absolute: "AmlDatastore://s/\(name)")) == nil, "\(name)")
        }
        // The last part alone is inside again.
        #expect(folder.file(of: image("../a.jpg")) == folder.path + "/a.jpg")
    }

    @Test("A folder that is not there, or is a file, is an error")
    func missingFolder() throws {
        let temporary = try TemporaryFolder()
        let file = try temporary.file("a.jpg", "a")
        for path in [temporary.path + "/none", file] {
            let error = #expect(throws: COCOError.self) { try PhotoFolder(path: path) }
            #expect(error == .missing(path: path))
        }
    }

    @Test(
        "The size of a name decides nothing: names of many dots and slashes are paths or none",
        arguments: [
            ("a..b.jpg", false), ("...", false), ("a/...//b", false), ("a/..", true), ("../a", true), ("a/../b", true),
            ("/a", true), ("a\0b", true), ("c:/a", true), ("c:a", false), ("a:b.jpg", false),
        ])
    func leaves(name: String, leaves: Bool) {
        #expect(PhotoFolder.leavesFolder(name) == leaves)
    }
}
