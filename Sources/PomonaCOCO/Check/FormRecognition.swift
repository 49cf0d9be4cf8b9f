/// Tells pixels from fractions of the photo, over all boxes of a file, and says why.
///
/// No single box decides. Each votes:
/// - for **pixels** if a coordinate or side is beyond 2: as a fraction it would lie a whole photo outside;
/// - for **fractions** if it lies within 0...1 (give or take 2 px of the photo's edge) and a side is less than 1: as
///   pixels it would be smaller than one pixel, in the photo's corner;
/// - as **whole** if it lies within 0...1 with both sides 1: the whole photo as fractions, one pixel as pixels;
/// - not at all otherwise.
///
/// Then:
/// 1. Votes for pixels only: pixels. A stray vote for fractions among a thousand for pixels changes nothing but is
///    reported: published sets do have specks in a corner.
/// 2. Votes for fractions only: fractions.
/// 3. Both, in any other mixture: undecided. A file in two forms is wrong in one half whatever is chosen.
/// 4. Neither, but whole ones: fractions if every photo with one is at least 10 px each way, since nobody labels the
///    first pixel of each photo; pixels if every such photo is 1 x 1, where both say the same; undecided otherwise.
/// 5. No vote at all: undecided.
public struct FormRecognition: Codable, Equatable, Sendable {
    /// The form, or `nil` if the file has no boxes or a choice is needed.
    public var form: BoxForm?

    /// Why, in words.
    public var reason: String

    /// Whether somebody must say which form is meant.
    public var needsChoice: Bool

    /// Boxes that speak for the other form, where they are too few to matter.
    var strayCount = 0

    /// Places of boxes that a message shows: one that speaks for each form.
    var pixelExample: Int?
    var fractionExample: Int?

    /// Boxes counted by how they vote.
    private struct Votes {
        var pixels = 0
        var fractions = 0
        var whole = 0
        var neither = 0
        var wholeOnTinyPhoto = 0
        var wholeOnSinglePixel = 0

        var total: Int { pixels + fractions + whole + neither }
    }

    private enum CodingKeys: String, CodingKey {
        case form, reason, needsChoice
    }

    private init(form: BoxForm?, reason: String, needsChoice: Bool = false) {
        self.form = form
        self.reason = reason
        self.needsChoice = needsChoice
    }

    /// - Parameters:
    ///   - chosen: What the form is, where somebody has said so.
    ///   - imageOf: The place of the image that the annotation at a place belongs to, or -1.
    init(_ document: COCODocument, chosen: BoxForm?, imageOf: [Int32]) {
        var votes = Votes()
        var pixelExample: Int?
        var fractionExample: Int?
        document.images.withUnsafeBufferPointer { images in
            document.annotations.withUnsafeBufferPointer { annotations in
                for index in annotations.indices {
                    guard let box = annotations[index].box else { continue }
                    let image = imageOf[index] < 0 ? nil : images[Int(imageOf[index])]
                    switch Self.vote(of: box, width: image?.width ?? 0, height: image?.height ?? 0) {
                    case .pixels:
                        votes.pixels += 1
                        pixelExample = pixelExample ?? index
                    case .fractions:
                        votes.fractions += 1
                        fractionExample = fractionExample ?? index
                    case .whole:
                        votes.whole += 1
                        let side = min(image?.width ?? 0, image?.height ?? 0)
                        if side < 10 { votes.wholeOnTinyPhoto += 1 }
                        if image?.width == 1, image?.height == 1 { votes.wholeOnSinglePixel += 1 }
                    case .neither: votes.neither += 1
                    }
                }
            }
        }
        self = chosen.map { Self(form: $0, reason: "as was said, not recognised") } ?? Self.decide(votes)
        strayCount = form == .pixels && chosen == nil ? votes.fractions : 0
        self.pixelExample = pixelExample
        self.fractionExample = fractionExample
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

    private static func decide(_ votes: Votes) -> FormRecognition {
        let (pixels, fractions) = (votes.pixels.grouped, votes.fractions.grouped)
        let total = votes.total.grouped
        if votes.total == 0 { return Self(form: nil, reason: "there are no boxes") }
        if votes.pixels > 0, votes.fractions == 0 {
            return Self(form: .pixels, reason: "\(pixels) of \(total) boxes reach beyond 2, which no fraction does")
        }
        if votes.pixels > 0, votes.fractions * 1000 <= votes.pixels {
            return Self(
                form: .pixels,
                reason: "\(pixels) of \(total) boxes reach beyond 2, which no fraction does; "
                    + "\(fractions) lie within the first pixel of their photo")
        }
        if votes.pixels > 0 {
            return Self(
                form: nil,
                reason: "\(pixels) of \(total) boxes reach beyond 2, as only pixels do, and \(fractions) lie within "
                    + "0...1, as only fractions do; the file mixes both or has wrong values",
                needsChoice: true)
        }
        if votes.fractions > 0 {
            return Self(
                form: .fractions,
                reason: "\((votes.fractions + votes.whole).grouped) of \(total) boxes lie within 0...1 "
                    + "and none reaches beyond 2")
        }
        if votes.whole > 0, votes.neither == 0, votes.wholeOnTinyPhoto == 0 {
            return Self(
                form: .fractions,
                reason: "every box is [0, 0, 1, 1]: the whole photo as fractions, but only its first pixel as pixels")
        }
        if votes.whole > 0, votes.neither == 0, votes.wholeOnSinglePixel == votes.whole {
            return Self(form: .pixels, reason: "every photo is 1 x 1 px, where both forms say the same")
        }
        return Self(
            form: nil,
            reason: "the boxes are so small that they can be a pixel or two of tiny photos as well as fractions",
            needsChoice: true)
    }
}
