import { describeLinuxLvm } from './conformance.ts';

describeLinuxLvm('thin', 'xfs', 'some');
