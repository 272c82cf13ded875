import { describeLinuxLvm } from './conformance.ts';

describeLinuxLvm('thick', 'xfs', 'all');
