import PomonaCore
import PomonaImaging

/// Small photos that differ.
enum TestPhotos {
    /// Random dots in eight by six squares, so that no two seeds look alike.
    static func image(seed: UInt64, width: Int = 80, height: Int = 60) -> RGBImage {
        var generator = SeededGenerator(seed: seed)
        let squares = (0..<48).map { _ in UInt8(60 + generator.index(below: 190)) }
        var image = RGBImage(size: ImageSize(width: width, height: height), filledWith: 255)
        for y in 0..<height {
            for x in 0..<width {
                let value = squares[y * 6 / height * 8 + x * 8 / width]
                for channel in 0..<3 { image.pixels[(y * width + x) * 3 + channel] = value }
            }
        }
        return image
    }

    static func jpeg(seed: UInt64, width: Int = 80, height: Int = 60) throws -> [UInt8] {
        try image(seed: seed, width: width, height: height).encoded(as: .jpeg(quality: 95))
    }

    /// A red square on white, which the analyzer of the tests takes for an apple.
    static func apple() throws -> [UInt8] {
        var image = RGBImage(size: ImageSize(width: 100, height: 80), filledWith: 255)
        for y in 20..<60 {
            for x in 10..<70 {
                image.pixels[(y * 100 + x) * 3 + 1] = 0
                image.pixels[(y * 100 + x) * 3 + 2] = 0
            }
        }
        return try image.encoded(as: .png)
    }
}

/// A label file over photos of 80 by 60.
enum TestLabels {
    /// - Parameter boxes: for each photo its tags with boxes as COCO has them.
    static func coco(_ boxes: [(photo: String, tag: String, box: String?)], photos: [String], tags: [String]) -> [UInt8]
    {
        let images = photos.enumerated().map {
            #"{"id":\#($0 + 1),"width":80,"height":60,"file_name":"\#($1)"}"#
        }
        let annotations = boxes.enumerated().map { index, entry in
            let image = (photos.firstIndex(of: entry.photo) ?? 98) + 1
            let category = (tags.firstIndex(of: entry.tag) ?? 98) + 1
            let box = entry.box.map { #","bbox":\#($0),"area":1"# } ?? ""
            return #"{"id":\#(index + 1),"image_id":\#(image),"category_id":\#(category),"iscrowd":0\#(box)}"#
        }
        let categories = tags.enumerated().map { #"{"id":\#($0 + 1),"name":"\#($1)"}"# }
        return Array(
            """
            {"images":[\(images.joined(separator: ","))],"annotations":[\(annotations.joined(separator: ","))],
            "categories":[\(categories.joined(separator: ","))]}
            """.utf8)
    }

    /// Two photos with three sound boxes; the third photo has none.
    static let sound = coco(
        [("a.jpg", "apple", "[10,10,20,20]"), ("a.jpg", "banana", "[40,10,30,40]"), ("b.jpg", "apple", "[0,0,80,60]")],
        photos: ["a.jpg", "b.jpg", "c.jpg"], tags: ["apple", "banana"])

    /// A box without extent, which a repair removes.
    static let mendable = coco(
        [("a.jpg", "apple", "[10,10,20,20]"), ("b.jpg", "apple", "[5,5,0,10]")], photos: ["a.jpg", "b.jpg"],
        tags: ["apple"])
}

extension RGBImage {
    /// The photo at another size, as a JPEG.
    func resizedForTest(width: Int, height: Int) throws -> [UInt8] {
        try resized(to: ImageSize(width: width, height: height)).encoded(as: .jpeg(quality: 80))
    }
}
