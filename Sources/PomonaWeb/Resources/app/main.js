// @ts-check
// The studio starts here.

import { startTheme } from './preferences.js'
import { startNavigation } from './navigation.js'
import './shell.js'

startTheme()
startNavigation()
document.body.append(document.createElement('pomona-shell'))
