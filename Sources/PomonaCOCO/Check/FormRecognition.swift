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

    private init(form: BoxForm?, reason: String, needsChoice: Bool = false) {
        self.form = form
        self.reason = reason
        self.needsChoice = needsChoice
    }

    /// - Parameter chosen: What the form is, where somebody has said so.
    init(_ votes: FormVotes, chosen: BoxForm?) {
        self = chosen.map { Self(form: $0, reason: "as was said, not recognised") } ?? Self.decide(votes)
    }

    private static func decide(_ votes: FormVotes) -> FormRecognition {
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
