/// Boxes counted by the form that they speak for; ``FormRecognition`` has the rules.
struct FormVotes {
    private(set) var pixels = 0
    private(set) var fractions = 0
    private(set) var whole = 0
    private(set) var neither = 0

    /// Of the whole ones, those on photos of less than 10 px, and of 1 x 1 px.
    private(set) var wholeOnTinyPhoto = 0
    private(set) var wholeOnSinglePixel = 0

    /// The place of the first box that speaks for each form.
    private(set) var pixelExample: Int?
    private(set) var fractionExample: Int?

    var total: Int { pixels + fractions + whole + neither }

    /// - Parameter imageOf: The place of the image that the annotation at a place belongs to, or -1.
    init(_ document: COCODocument, imageOf: [Int32]) {
        document.images.withUnsafeBufferPointer { images in
            document.annotations.withUnsafeBufferPointer { annotations in
                for index in annotations.indices {
                    guard let box = annotations[index].box else { continue }
                    let image = imageOf[index] < 0 ? nil : images[Int(imageOf[index])]
                    count(box, at: index, width: image?.width ?? 0, height: image?.height ?? 0)
                }
            }
        }
    }

    private mutating func count(_ box: COCOBox, at index: Int, width: Double, height: Double) {
        switch Self.vote(of: box, width: width, height: height) {
        case .pixels:
            pixels += 1
            pixelExample = pixelExample ?? index
        case .fractions:
            fractions += 1
            fractionExample = fractionExample ?? index
        case .whole:
            whole += 1
            if min(width, height) < 10 { wholeOnTinyPhoto += 1 }
            if width == 1, height == 1 { wholeOnSinglePixel += 1 }
        case .neither: neither += 1
        }
    }

    private enum Vote {
        case pixels, fractions, whole, neither
    }

    private static func vote(of box: COCOBox, width: Double, height: Double) -> Vote {
        let (right, bottom) = (box.right, box.bottom)
        let reach = max(
            max(abs(box.left), abs(box.top)), max(abs(box.width), abs(box.height)), max(abs(right), abs(bottom)))
        if reach > 2 { return .pixels }
        guard box.width > 0, box.height > 0 else { return .neither }
        // What may hang over the edge, as a fraction.
        let slackX = width > 0 ? min(2 / width, 0.25) : 0
        let slackY = height > 0 ? min(2 / height, 0.25) : 0
        guard box.left >= -slackX, box.top >= -slackY, right <= 1 + slackX, bottom <= 1 + slackY else {
            return .neither
        }
        return box.width < 1 || box.height < 1 ? .fractions : .whole
    }
}
