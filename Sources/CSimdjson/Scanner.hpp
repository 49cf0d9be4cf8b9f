// Cuts a stream of JSON into values without understanding them: it looks at brackets and quotes only, and leaves it to
// the parser to judge what stands between them.
#pragma once

#include <cstdint>

#include "Window.hpp"

namespace coco {

class Scanner {
  public:
    Scanner(Window &window, const CCOCOLimits &limits) : window_(window), limits_(limits) {}

    /// Skips white space and holds nothing: the next byte and everything after it stay in memory from here on. Answers
    /// that byte, or -1 at the end of the file.
    int next();

    /// Moves past the value that begins at `window.position` (where `next` has been), so that it lies between
    /// `window.mark` and `window.position`.
    ///
    /// - Parameter depth: How many arrays and objects it stands in.
    void cut(uint32_t depth);

    /// Throws the failure that the file ends where more should come.
    [[noreturn]] void fail_at_end();

    /// Throws the failure that the byte at `window.position` may not stand there.
    [[noreturn]] void fail_at_byte(CCOCOSyntax syntax = CCOCO_SYNTAX_CHARACTER);

  private:
    void cut_brackets(uint32_t depth);
    void cut_text();
    void cut_word();
    [[noreturn]] void fail_for_depth();

    Window &window_;
    const CCOCOLimits &limits_;
};

} // namespace coco
