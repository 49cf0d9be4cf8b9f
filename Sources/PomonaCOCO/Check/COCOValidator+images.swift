extension COCOValidator {
    /// Sizes and names of the photos.
    func checkImages() {
        var namedBefore: [String: Int] = [:]
        namedBefore.reserveCapacity(document.images.count)
        for (index, image) in document.images.enumerated() {
            if !image.unread.contains(.size) { checkSize(of: image, at: index) }
            guard let name = image.fileName else { continue }
            if name.isEmpty, image.cocoURL == nil, image.absoluteURL == nil {
                found.add(.emptyName) {
                    words.place(image: index, field: "file_name", value: name, "its file_name is empty")
                }
            }
            if PhotoFolder.leavesFolder(name) {
                found.add(.nameLeavesFolder, .warning) {
                    words.place(
                        image: index, field: "file_name", value: name,
                        "file_name \(name.shown) is no path within the folder of photos")
                }
            }
            if let earlier = namedBefore.updateValue(index, forKey: name) {
                found.add(.duplicateFileName, .warning) {
                    words.place(
                        image: index, field: "file_name", value: name,
                        "image \(document.images[earlier].id) has the same file_name")
                }
            }
        }
    }

    private func checkSize(of image: COCOImage, at index: Int) {
        for (field, value) in [("width", image.width), ("height", image.height)] {
            // One half of a pixel is the least that rounds to a pixel.
            if value < 0.5 || value > COCOFile.largestSide {
                found.add(.imageSize) {
                    words.place(
                        image: index, field: field, value: value.shown,
                        "\(field) is \(value.shown), but a photo has 1 to \(Int(COCOFile.largestSide).grouped) px")
                }
            } else if value != value.rounded() {
                found.add(.sizeNotWhole, .warning) {
                    words.place(
                        image: index, field: field, value: value.shown,
                        "\(field) is \(value.shown) and was rounded to \(value.rounded().shown)")
                }
            }
        }
    }
}
