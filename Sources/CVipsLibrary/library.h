#pragma once

// Declares nothing on purpose: see module.modulemap.
